"""Everyday words of the press that French and English spell, or inflect, beyond recognition.

One group a semicolon, folded; the words of a group count as one. What stems, shared beginnings and CLDR's names tell
need not stand here.
"""

from __future__ import annotations

from typing import Final

_GROUPS: Final = """
    va vont aller allait ira iront go goes going went gone; fera feront ferait faire make makes made making; cout
    coute coutera coutait couter cost costs costing; maire mayor; jour jours day days; an ans annee annees year
    years; mois month months; semaine semaines week weeks; personne personnes gens people; mort morts deces dead
    deaths killed tues tuees died dies; blesse blesses blessees injured wounded hurt; ferme fermee fermes fermees
    fermeture fermer fermera closed closes close closing closure shut; ouvert ouverte ouverts ouverture ouvrir
    ouvrira opened opens open opening; rouvert rouverte rouvrira rouvre reouverture reopened reopens reopen
    reopening; emploi emplois poste postes job jobs post posts; usine usines plant plants factory factories; train
    trains; bateau bateaux boat boats; eau eaux water; maison maisons house houses home homes; enfant enfants child
    children; eleve eleves pupil pupils student students; ecole ecoles school schools; greve greves strike strikes;
    voix vote votes vote votent voted vote; victoire gagne gagner remporte remportee remporter won win wins winning
    victory; defaite perd perdu lost lose loses losing defeat; ville villes town city commune; pays country; guerre
    war; paix peace; route road; pont bridge; gare station; incendie feu fire blaze; inondation crue flood floods;
    pluie pluies rain; vent wind; neige snow; tempete storm; prix price prices prize; travaux chantier works work
    construction; demission demissionne demissionner resign resigned resigns resignation; elu elue elus elected;
    accord agreement deal; appel appele appelle telephone call called phoned; appel appeal appeals
    appealed; vol vole derobe stolen theft stole;
    tableau tableaux toile painting paintings; livre livres book books; film films; juge juges judge judges tribunal
    court; enquete inquiry investigation probe; entraineur coach; joueur joueurs player players; equipe team; match
    game; but goal; ancien ancienne former; nouveau nouvelle nouveaux new; premier premiere first; dernier derniere
    last latest; deuxieme second seconde; deux two; trois three; quatre four; cinq five; moitie half; directeur
    directrice director head; patron boss chief; visiteur visiteurs visitor visitors; hopital hospital; maternite
    maternity; navire navires ship ships; port ports harbour harbor; musee museum; rouge red; jaune yellow; bleu
    blue; vert verte green; noir noire black; blanc blanche white; hausse augmente augmentation rise rises rose
    increase increased; baisse diminue diminution fall falls fell drop dropped decrease decreased; supprime
    supprimer suppression cut cuts axed; soutien support supports backed backs; refus refuse refused refuses; devant
    before; apres after; matin morning; soir evening; nuit night; secheresse drought; barrage dam; fissure crack
    cracks; reacteur reactor; loi law; gouvernement government; president; conseil council; municipal municipale
    municipaux town; entreprise company firm; salarie salaries employee employees worker workers staff; habitant
    habitants resident residents inhabitants; endommage endommages endommagees damaged; construire construit
    construite built build; demande demander ask asks asked request; debut debute commence commencer begin began
    begins start started starts; fin fini finit termine ended ends end; arrive arriver arrivee arrived arrives
    arrival; quitte quitter depart left leaves leave; femme femmes woman women wife; homme hommes man men; fils son;
    fille daughter girl; frere brother; soeur sister; agent agents staff officer officers; pompier pompiers
    firefighter firefighters; prefet prefete prefect; interdit interdite interdire interdiction banned ban bans
    forbidden; manifestation manifestations manifestants demonstration protest protests demonstrators protesters;
    tour tours round rounds; lieu lieux place places; chasseur chasseurs hunter hunters; ete summer; hiver winter;
    printemps spring; automne autumn fall; blessure blessures injury injuries; legerement slightly; gravement
    seriously badly; amende amendes fine fines; prison jail; condamne condamnee condamner convicted sentenced
    sentence; peine sentence penalty; proces trial; avocat avocate lawyer; entretenu entretien parle parler spoke
    talked speak talks; rencontre rencontrer met meeting meet; visite visit visited; annonce annoncer announced
    announces; signe signer signed sign; achete acheter bought buy purchase; vendu vendre vente sold sell sale
    sales; ventes sales; recolte harvest; agriculteur agriculteurs eleveur eleveurs farmer farmers; village
    villages; quartier neighbourhood neighborhood district; rue street; avion plane aircraft; aeroport airport;
    piste runway track; chemin way path; ligne line; voiture voitures car cars; camion lorry truck; velo velos
    bicycle bicycles bike bikes; pieton pietons pedestrian pedestrians; passager passagers passenger passengers;
    retard delay delays; panne breakdown outage; puits well wells; sec dry; mer sea; riviere fleuve river; foret
    forest; arbre arbres tree trees; chien dog; loup wolf; oiseau bird; peche pecheurs fishing fishermen; bois wood;
    pierre stone; argent money; banque bank; impot impots tax taxes; budget; dette debt; salaire salaires wage wages
    pay; retraite retraites pension pensions retirement; chomage unemployment; syndicat syndicats union unions;
    patronat employers; ouvrier ouvriers worker workers; candidat candidate candidats candidates; vainqueur winner;
    depute deputee lawmaker; parti party; adversaire opponent opponents; gauche left; droite right; majorite
    majority; decision decide decidee decided; projet projets plan plans project; plainte complaint; coupable
    guilty; preuve proof evidence; arme armes weapon weapons; soldat soldats soldier soldiers; armee army; frontiere
    border; etranger foreign abroad; malade malades maladie sick ill disease; medecin doctor doctors; infirmiere
    infirmieres nurse nurses; soins care; vaccin vaccine; mairie hall; quitter leave; chute fall; record; titre
    title; saison season; club; classement ranking; finale final; but buts goal goals; nuitee nights; jeudi
    thursday; siege headquarters seat; voyage trip journey; sortie release exit; piscine pool; eglise church; cloche
    bell; toit roof; mur wall; escalier stairs; porte door; cle key; feuille leaf; lettre letter; courrier mail;
    journal newspaper; auteur author writer; ecrivain writer; peintre painter; chanson song; concert; public
    audience; spectateur spectateurs spectator spectators; billet billets ticket tickets; gratuit gratuite free;
    cher chere expensive; nombre number; part share; centre; nord north; sud south; ouest west; est east; haut high;
    bas low; long longue; large wide; vieux vieille old; jeune jeunes young; jeunesse youth; seul seule only alone;
    plein pleine full; vide vider videe empty emptied; libre free; ensemble together; contre against; pendant
    during; retour return back; ajoute added; mesure mesurer measures measure; pousse grows; tombe tombee fell;
    trouve trouver trouvee retrouve retrouvee found find; perdu perdre lost; cherche chercher looking search
    searched; attend attendre waiting wait expected; croit believe believes; sait savoir knows know; veut vouloir
    wants want; peut pouvoir can able; donne donner donnee given gave give; recu recevoir received receive; paye
    payer paid; vecu vivre vit lived live lives; naitre naissance naissances birth births born; enterre buried;
    marie mariage married wedding; tue tuer killed kill; frappe frapper hit struck; detruit detruite destroyed;
    touche touchee affected; sauve sauver sauves rescued saved; aide aider help helped aid; protege proteger
    protected protect; remplace remplacer replaced replace; choisi choisir chosen chose choose; nomme nommer nommee
    appointed named; dirige diriger leads led runs head; travaille travailler worked works; produit produire
    production produced; construit built; lance lancer launched launch; presente presenter presented; explique
    explained; prevoit prevu prevue prevoir plans planned expected
"""
# Towns that French and English spell otherwise and that CLDR, which names time zones' cities alone, does not hold.
_TOWNS: Final = """
    anvers antwerp; gand ghent; geneve geneva; bale basel basle; pekin beijing; caire cairo; alger algiers; douvres
    dover; cantorbery canterbury; edimbourg edinburgh; haye hague; louvain leuven; malines mechelen; ostende ostend;
    cologne koln; munich munchen; francfort frankfurt; hambourg hamburg; nuremberg nurnberg; treves trier; dresde
    dresden; berne bern; venise venice; milan milano; turin torino; genes genoa; naples napoli; padoue padua; sienne
    siena; barcelone barcelona; seville sevilla; saragosse zaragoza; cadix cadiz; grenade granada; cordoue cordoba;
    porto oporto; cracovie krakow; dantzig gdansk; lviv lvov; odessa odesa; kharkiv kharkov; salonique thessaloniki;
    piree piraeus; alep aleppo; mossoul mosul; bethleem bethlehem; mecque mecca; tanger tangier; alexandrie alexandria;
    louxor luxor; philadelphie philadelphia; petersbourg petersburg; goteborg gothenburg; dunkerque dunkirk; bombay
    mumbai; calcutta kolkata
"""
TOWNS: Final[tuple[frozenset[str], ...]] = tuple(frozenset(group.split()) for group in _TOWNS.split(";"))
LIKE: Final[tuple[frozenset[str], ...]] = tuple(frozenset(group.split()) for group in _GROUPS.split(";"))
