"""Names that French and English write differently and that Unicode's CLDR does not hold: regions, seas, institutions,
acronyms, people of history, and the nouns that names are made with.

Facts of the two languages, written down for this program; `rag.gazetteer` puts them beside CLDR's.
"""

from __future__ import annotations

from typing import Final

# One name a line, its flat spellings in both languages.
NAMES: Final = """
england/angleterre
sunni/sunnis/sunnite/sunnites
czechoslovakia/tchecoslovaquie
czechoslovak/tchecoslovaque
shia/shiite/shiites/chiite/chiites
taliban/talibans
scotland/ecosse
wales/pays de galles
great britain/grande bretagne
catalonia/catalogne
bavaria/baviere
saxony/saxe
brittany/bretagne
normandy/normandie
burgundy/bourgogne
corsica/corse
sicily/sicile
sardinia/sardaigne
tuscany/toscane
lombardy/lombardie
flanders/flandre/flandres
wallonia/wallonie
andalusia/andalousie
basque country/pays basque
canary islands/iles canaries/canaries
crete/crete
crimea/crimee
chechnya/tchetchenie
siberia/siberie
kurdistan/kurdistan
kashmir/cachemire
tibet/tibet
manchuria/mandchourie
california/californie
louisiana/louisiane
florida/floride
georgia/georgie
pennsylvania/pennsylvanie
north carolina/caroline du nord
south carolina/caroline du sud
new mexico/nouveau mexique
new jersey/new jersey
quebec/quebec
newfoundland/terre neuve
british columbia/colombie britannique
nova scotia/nouvelle ecosse
ivory coast/cote d ivoire
cape verde/cap vert
east timor/timor oriental
tigray/tigre/tigrai
darfur/darfour
kordofan/kordofan
horn of africa/corne de l afrique
middle east/moyen orient
near east/proche orient
far east/extreme orient
west bank/cisjordanie
gaza strip/bande de gaza
golan heights/plateau du golan
western sahara/sahara occidental
maghreb/maghreb
balkans/balkans
caucasus/caucase
baltic states/pays baltes
baltic/baltique/baltes
scandinavia/scandinavie
caribbean/caraibes
west indies/antilles
latin america/amerique latine
red sea/mer rouge
black sea/mer noire
dead sea/mer morte
north sea/mer du nord
baltic sea/mer baltique
caspian sea/mer caspienne
south china sea/mer de chine meridionale
english channel/manche
mediterranean/mediterranee
atlantic/atlantique
pacific/pacifique
indian ocean/ocean indien
arctic/arctique
antarctic/antarctica/antarctique
persian gulf/golfe persique
gulf of guinea/golfe de guinee
amazon/amazonie/amazone
alps/alpes
pyrenees/pyrenees
himalayas/himalaya
kilimanjaro/kilimandjaro
mount everest/everest
danube/danube
rhine/rhin
nile/nil
thames/tamise
the hague/la haye
geneva/geneve
lyons/lyon
marseilles/marseille
antwerp/anvers
ghent/gand
bruges/brugge
louvain/leuven
aachen/aix la chapelle
cologne/koln
munich/munchen
nuremberg/nurnberg
mainz/mayence
trier/treves
venice/venise
florence/firenze
naples/napoli
milan/milano
turin/torino
genoa/genes
padua/padoue
seville/sevilla
barcelona/barcelone
saragossa/saragosse/zaragoza
canterbury/cantorbery
edinburgh/edimbourg
krakow/cracovie
gdansk/dantzig
lviv/lvov
kharkiv/kharkov
odesa/odessa
mariupol/marioupol
luhansk/louhansk/lougansk
donetsk/donetsk
kherson/kherson
zaporizhzhia/zaporizhia/zaporijjia/zaporojie
chernobyl/tchernobyl
saint petersburg/st petersburg/saint petersbourg
thessaloniki/salonique
mecca/la mecque/mecque
medina/medine
alexandria/alexandrie
aleppo/alep
homs/homs
mosul/mossoul
basra/bassorah
fallujah/falloujah
rafah/rafah
hebron/hebron
bethlehem/bethleem
nazareth/nazareth
addis ababa/addis abeba
timbuktu/tombouctou
ndjamena/n djamena
goma/goma
laayoune/laayoune
mumbai/bombay
kolkata/calcutta
chennai/madras
guangzhou/canton
nanjing/nankin
new orleans/nouvelle orleans
new york city/new york
mexico city/mexico
guatemala city/guatemala
world bank/banque mondiale
white house/maison blanche
security council/conseil de securite
supreme court/cour supreme
international criminal court/cour penale internationale
international court of justice/cour internationale de justice
european court of human rights/cour europeenne des droits de l homme
european commission/commission europeenne
european parliament/parlement europeen
european central bank/banque centrale europeenne
court of auditors/cour des comptes
constitutional council/conseil constitutionnel
constitutional court/cour constitutionnelle
national assembly/assemblee nationale
house of representatives/chambre des representants
house of commons/chambre des communes
house of lords/chambre des lords
african union/union africaine
arab league/ligue arabe
world trade organization/organisation mondiale du commerce
world health organization/organisation mondiale de la sante
world food programme/programme alimentaire mondial
international monetary fund/fonds monetaire international
red cross/croix rouge
red crescent/croissant rouge
doctors without borders/medecins sans frontieres
reporters without borders/reporters sans frontieres
catholic church/eglise catholique
muslim brotherhood/freres musulmans
islamic state/etat islamique/daech/daesh
taliban/talibans
hezbollah/hezbollah
houthi/houthis/houthistes
national rally/rassemblement national
republican party/parti republicain
democratic party/parti democrate
labour party/parti travailliste
conservative party/parti conservateur
green party/parti ecologiste
communist party/parti communiste
republicans/republicains
democrats/democrates
yellow vests/gilets jaunes
world cup/coupe du monde/mondial
champions league/ligue des champions
africa cup of nations/coupe d afrique des nations
european championship/championnat d europe
olympic games/olympics/jeux olympiques
paralympics/jeux paralympiques
ballon d or/golden ball
tour of italy/tour d italie/giro
nobel prize/prix nobel
world war/guerre mondiale
cold war/guerre froide
gulf war/guerre du golfe
first world war/premiere guerre mondiale
second world war/seconde guerre mondiale/deuxieme guerre mondiale
christmas/noel
easter/paques
new year/nouvel an
all saints day/toussaint
ascension day/ascension
whitsun/pentecost/pentecote
bastille day/14 juillet/fete nationale
labour day/fete du travail
quran/koran/coran
bible/bible
parliament/parlement
congress/congres
senate/senat
pentagon/pentagone
vatican/vatican
holy see/saint siege
west/occident
jesus/jesus christ
gaddafi/kadhafi
osama bin laden/oussama ben laden
bin laden/ben laden
tutankhamun/toutankhamon
cleopatra/cleopatre
julius caesar/jules cesar
joan of arc/jeanne d arc
charlemagne/charles the great
genghis khan/gengis khan
michelangelo/michel ange
leonardo da vinci/leonard de vinci
aristotle/aristote
plato/platon
homer/homere
virgin mary/vierge marie
mona lisa/joconde
eiffel tower/tour eiffel
arc de triomphe/arch of triumph
covid/coronavirus
monkeypox/mpox/variole du singe
aids/sida
"""

# Letters in French and English, and what they stand for.
ACRONYMS: Final = """
UN ONU: united nations/nations unies/organisation des nations unies
EU UE: european union/union europeenne
NATO OTAN: north atlantic treaty organization/alliance atlantique
WHO OMS: world health organization/organisation mondiale de la sante
IMF FMI: international monetary fund/fonds monetaire international
WTO OMC: world trade organization/organisation mondiale du commerce
OECD OCDE:
OPEC OPEP:
ICC CPI: international criminal court/cour penale internationale
ICJ CIJ: international court of justice/cour internationale de justice
ECHR CEDH: european court of human rights/cour europeenne des droits de l homme
ECB BCE: european central bank/banque centrale europeenne
AU UA: african union/union africaine
ECOWAS CEDEAO:
AFCON CAN: africa cup of nations/coupe d afrique des nations
IAEA AIEA:
WFP PAM: world food programme/programme alimentaire mondial
UNHCR HCR:
ILO OIT:
IOM OIM:
USA US: united states/etats unis
UK RU: united kingdom/royaume uni
DRC RDC: democratic republic of congo/republique democratique du congo
CAR RCA: central african republic/republique centrafricaine/centrafrique
UAE EAU: united arab emirates/emirats arabes unis
GDR RDA: east germany/allemagne de l est
USSR URSS: soviet union/union sovietique
NGO ONG:
HIV VIH:
AIDS SIDA:
GDP PIB:
DNA ADN:
AI IA: artificial intelligence/intelligence artificielle
GMO OGM:
VAT TVA:
IS EI: islamic state/etat islamique
PKK PKK: kurdistan workers party/parti des travailleurs du kurdistan
MSF MSF: doctors without borders/medecins sans frontieres
RSF RSF: reporters without borders/reporters sans frontieres
"""

# The nouns and adjectives that names are made with, word by word.
NAME_WORDS: Final = """
queen/reine king/roi prince/prince princess/princesse pope/pape saint/sainte lord/seigneur emperor/empereur
palace/palais castle/chateau abbey/abbaye church/eglise cathedral/cathedrale mosque/mosquee temple/temple
tower/tour bridge/pont gate/porte square/place street/rue avenue/avenue wall/mur house/maison hall/salle
lake/lac river/fleuve river/riviere sea/mer ocean/ocean gulf/golfe bay/baie strait/detroit channel/canal
island/ile islands/iles mount/mont mountain/montagne mountains/monts valley/vallee desert/desert forest/foret
reef/recif cape/cap coast/cote port/port peninsula/peninsule dam/barrage falls/chutes volcano/volcan park/parc
cup/coupe league/ligue prize/prix award/prix medal/medaille games/jeux championship/championnat ball/ballon
party/parti union/union front/front movement/mouvement council/conseil committee/comite court/cour board/conseil
bank/banque fund/fonds agency/agence office/bureau ministry/ministere army/armee police/police navy/marine
company/compagnie group/groupe institute/institut university/universite school/ecole college/college
hospital/hopital museum/musee library/bibliotheque theatre/theatre opera/opera festival/festival
foundation/fondation association/association federation/federation society/societe network/reseau
treaty/traite agreement/accord law/loi act/loi charter/charte summit/sommet conference/conference war/guerre
peace/paix freedom/liberte liberation/liberation justice/justice health/sante education/education
world/mondiale world/mondial national/nationale international/internationale european/europeenne
african/africaine american/americaine french/francaise british/britannique royal/royale supreme/supreme
constitutional/constitutionnelle criminal/penale central/centrale democratic/democratique republican/republicain
islamic/islamique catholic/catholique muslim/musulman christian/chretien jewish/juif protestant/protestante
north/nord south/sud east/est west/ouest northern/nord southern/sud eastern/orientale western/occidental
new/nouvelle new/nouveau old/vieux great/grande big/grand small/petit little/petite high/haute low/basse
red/rouge black/noir black/noire white/blanche white/blanc green/vert green/verte blue/bleu yellow/jaune
golden/or gold/or silver/argent cross/croix crescent/croissant star/etoile sun/soleil moon/lune
doctors/medecins reporters/reporters workers/travailleurs people/peuple people/populaire youth/jeunes women/femmes
borders/frontieres rights/droits nations/nations brotherhood/freres sisters/soeurs
president/president minister/ministre prime/premier general/general colonel/colonel captain/capitaine
doctor/docteur professor/professeur judge/juge mayor/maire governor/gouverneur chancellor/chancelier
"""
