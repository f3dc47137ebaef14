"""Sources and claims that they bear out, in French, English and across, written by hand to judge the judge.

Every place, person and figure is made up. A claim is a copy, a paraphrase or a translation; none says more than its
source.
"""

from __future__ import annotations

from typing import NamedTuple

from evals.judge import Cited, Claim, Source
from rag.types import PassageKind, PublicationDate


class Pair(NamedTuple):
    """A source of one or two sentences, and what may be said of it."""

    published: str
    text: str
    faithful: tuple[str, ...]
    title: str = ""
    kind: PassageKind = "article"

    @property
    def source(self) -> Source:
        return Source(self.text, self.kind, PublicationDate(self.published, "day", "metadata"), title=self.title)

    @property
    def claims(self) -> tuple[Claim, ...]:
        return tuple(Claim(text, (Cited.whole(self.source),)) for text in self.faithful)


PAIRS = (
    Pair(
        "2025-03-12",
        "Le conseil municipal de Valmont a voté mardi la construction d'un pont sur la Loue, pour 3,2 "
"millions d'euros.",
        (
            "Le conseil municipal de Valmont a voté mardi la construction d'un pont sur la Loue.",
            "La construction du pont sur la Loue, votée le 11 mars 2025, coûtera 3,2 millions d'euros.",
            "Valmont town council voted on 11 March 2025 for a bridge over the Loue, at a cost of 3.2 million euros.",
        ),
    ),
    Pair(
        "2024-06-04",
        "Le musée des Horloges de Brévanne a rouvert ses portes le 1er juin 2024 après quatre ans de travaux. "
        "Sa directrice, Hélène Castaing, a accueilli 1 250 visiteurs le premier jour.",
        (
            "Le musée des Horloges a rouvert le 1er juin 2024, après quatre ans de travaux.",
            "Hélène Castaing, la directrice, a accueilli 1 250 visiteurs le premier jour.",
            "The Brévanne museum reopened on 1 June 2024 after four years of works.",
            "The director, Hélène Castaing, welcomed 1,250 visitors on the first day.",
            "Le musée des Horloges de Brévanne a rouvert en juin 2024.",
        ),
    ),
    Pair(
        "2023-09-20",
        "L'usine Ferrand d'Orsanne va supprimer 140 postes sur 610, a annoncé son directeur Paul Lestrade le 18 "
        "septembre.",
        (
            "L'usine Ferrand va supprimer 140 postes, a annoncé le 18 septembre 2023 son directeur, Paul Lestrade.",
            "Paul Lestrade, the director of the Ferrand plant in Orsanne, announced on 18 September 2023 that 140 jobs "
            "would be cut.",
            "L'usine Ferrand d'Orsanne compte 610 postes et va en supprimer 140.",
        ),
    ),
    Pair(
        "2022-11-09",
        "Storm Ada closed the harbour of Kelmouth on Tuesday, and 36 boats were damaged. No one was hurt.",
        (
            "Storm Ada closed Kelmouth harbour on 8 November 2022 and damaged 36 boats.",
            "La tempête Ada a fermé le port de Kelmouth le 8 novembre 2022.",
            "Trente-six bateaux ont été endommagés à Kelmouth par la tempête Ada.",
            "No one was hurt when the storm closed the harbour of Kelmouth.",
        ),
    ),
    Pair(
        "2024-05-14",
        "La maire, Hélène Castaing, n'a pas exclu un référendum sur la passerelle.",
        (
            "La maire, Hélène Castaing, n'a pas exclu un référendum.",
            "Hélène Castaing, the mayor, has not ruled out a referendum on the footbridge.",
            "Hélène Castaing n'exclut pas un référendum sur la passerelle.",
        ),
    ),
    Pair(
        "2021-10-02",
        "Selon le syndicat des éclusiers, 78 % des agents étaient en grève vendredi ; la direction parle de 41 %.",
        (
            "Selon le syndicat des éclusiers, 78 % des agents étaient en grève vendredi.",
            "D'après le syndicat des éclusiers, 78 % des agents étaient en grève le 1er octobre 2021.",
            "According to the lock keepers' union, 78% of staff were on strike on Friday.",
        ),
    ),
    Pair(
        "2025-01-17",
        "Le barrage de Sauverne pourrait être vidé au printemps, a indiqué la préfecture. La fissure "
"mesure douze mètres.",
        (
            "Le barrage de Sauverne pourrait être vidé au printemps, a indiqué la préfecture.",
            "The Sauverne dam could be emptied in the spring, the prefecture said.",
            "La fissure du barrage de Sauverne mesure 12 mètres.",
            "The crack in the Sauverne dam is twelve metres long.",
        ),
    ),
    Pair(
        "2020-02-29",
        "Didier Maurens quitte le banc de Port-Arlan. L'entraîneur, arrivé en 2016, a perdu ses sept derniers matchs.",
        (
            "Didier Maurens, arrivé en 2016, quitte le banc de Port-Arlan.",
            "Didier Maurens a perdu ses sept derniers matchs.",
            "Didier Maurens, the Port-Arlan coach since 2016, lost his last seven matches.",
        ),
    ),
    Pair(
        "2023-07-06",
        "The council rejected the plan for a second runway by 31 votes to 24, and the airport will not appeal.",
        (
            "The council rejected the plan for a second runway by 31 votes to 24.",
            "Le conseil a rejeté par 31 voix contre 24 le projet de deuxième piste.",
            "The airport will not appeal against the council's vote on the second runway.",
            "L'aéroport ne fera pas appel.",
        ),
    ),
    Pair(
        "2024-08-21",
        "Près de 200 hectares de pinède ont brûlé dimanche au nord de Castelrive ; deux pompiers ont été légèrement "
        "blessés.",
        (
            "Près de 200 hectares de pinède ont brûlé dimanche au nord de Castelrive.",
            "Deux pompiers ont été légèrement blessés dans l'incendie de Castelrive.",
            "Nearly 200 hectares of pine forest burned on Sunday, 18 August 2024, north of Castelrive.",
            "Two firefighters were slightly injured near Castelrive.",
        ),
        "Incendie à Castelrive",
    ),
    Pair(
        "2022-04-25",
        "La ministre des Transports, Irène Vasseur, a démenti mercredi toute fermeture de la ligne des Hautes-Combes.",
        (
            "Irène Vasseur a démenti mercredi toute fermeture de la ligne des Hautes-Combes.",
            "Irène Vasseur, the transport minister, denied that the Hautes-Combes line would close.",
            "La ministre des Transports a démenti la fermeture de la ligne des Hautes-Combes.",
        ),
    ),
    Pair(
        "2019-12-03",
        "Le tribunal a condamné l'ancien notaire Luc Dambrine à dix-huit mois de prison avec sursis et 40 000 euros "
        "d'amende.",
        (
            "L'ancien notaire Luc Dambrine a été condamné à dix-huit mois de prison avec sursis.",
            "Luc Dambrine a été condamné à 40 000 euros d'amende.",
            "The court gave the former notary Luc Dambrine a suspended sentence of 18 months and a fine "
"of 40,000 euros.",
        ),
    ),
    Pair(
        "2025-06-30",
        "« Nous n'avons plus le choix », a déclaré le maire d'Aubrelles, Karim Sellami, en annonçant la "
"fermeture de la "
        "piscine.",
        (
            "« Nous n'avons plus le choix », a déclaré le maire d'Aubrelles, Karim Sellami.",
            "Le maire, Karim Sellami, a annoncé la fermeture de la piscine d'Aubrelles.",
            "Karim Sellami, the mayor of Aubrelles, announced that the swimming pool would close.",
        ),
    ),
    Pair(
        "2023-02-11",
        "Les éleveurs du plateau demandent une indemnité depuis la sécheresse de l'été 2022, qui a tué "
"plus de 300 brebis.",
        (
            "La sécheresse de l'été 2022 a tué plus de 300 brebis.",
            "The drought of summer 2022 killed more than 300 ewes.",
            "Les éleveurs demandent une indemnité depuis la sécheresse de l'été 2022.",
        ),
    ),
    Pair(
        "2024-11-28",
        "Volodymyr Zelensky s'est entretenu mercredi avec Emmanuel Macron. Leur dernier appel remontait au 3 octobre.",
        (
            "Volodymyr Zelensky s'est entretenu avec Emmanuel Macron le mercredi 27 novembre 2024.",
            "Zelenskyy spoke with Macron on 27 November 2024.",
            "Le dernier appel de Zelensky et de Macron remontait au 3 octobre 2024.",
        ),
    ),
    Pair(
        "2021-05-19",
        "La première dose a été donnée le 4 janvier 2021 à une résidente de 92 ans, Marthe Quillan.",
        (
            "La première dose a été donnée le 4 janvier 2021 à Marthe Quillan, 92 ans.",
            "The first dose was given on 4 January 2021 to Marthe Quillan, a 92-year-old resident.",
        ),
    ),
    Pair(
        "2025-09-09",
        "Sales at the Lachenault glassworks rose by 12% in 2024, to 48 million euros; half of them were abroad.",
        (
            "Sales at the Lachenault glassworks rose by 12% in 2024.",
            "Les ventes de la verrerie Lachenault ont augmenté de 12 % en 2024, à 48 millions d'euros.",
            "Half of the sales of the Lachenault glassworks were abroad.",
        ),
    ),
    Pair(
        "2022-03-15",
        "Le préfet a interdit la manifestation prévue samedi à Tressigny, mais il a autorisé un "
"rassemblement devant la "
        "gare.",
        (
            "Le préfet a interdit la manifestation prévue samedi à Tressigny.",
            "Le préfet a autorisé un rassemblement devant la gare.",
            "The prefect banned the demonstration planned for Saturday in Tressigny.",
        ),
    ),
    Pair(
        "2023-10-12",
        "La toile, volée en 2009 au musée Hennequart, a été retrouvée jeudi à Anvers chez un antiquaire.",
        (
            "La toile volée en 2009 au musée Hennequart a été retrouvée à Anvers.",
            "The painting stolen from the Hennequart museum in 2009 was found in Antwerp on 12 October 2023.",
        ),
    ),
    Pair(
        "2024-01-08",
        "Trois des cinq puits de la commune sont à sec. Les deux autres seront rationnés à partir du 15 janvier.",
        (
            "Trois des cinq puits de la commune sont à sec.",
            "Three of the town's five wells are dry.",
            "Les deux autres puits seront rationnés à partir du 15 janvier 2024.",
        ),
    ),
    Pair(
        "2020-09-14",
        "The company plans to move its headquarters to Ghent in 2022, its chairman, Tom Aldous, said on Monday.",
        (
            "The company plans to move its headquarters to Ghent in 2022, said its chairman, Tom Aldous.",
            "L'entreprise prévoit de déplacer son siège à Gand en 2022, a dit son président, Tom Aldous.",
        ),
    ),
    Pair(
        "2025-04-02",
        "Aucun des onze candidats n'a obtenu la majorité absolue ; le second tour aura lieu le 13 avril.",
        (
            "Aucun des onze candidats n'a obtenu la majorité absolue.",
            "None of the eleven candidates won an absolute majority.",
            "Le second tour aura lieu le 13 avril 2025.",
            "The second round will take place on 13 April 2025.",
        ),
    ),
    Pair(
        "2024-02-20",
        "Je trouve que le centre apaisé a tué mon commerce, j'ai perdu 30 % de mes clients.",
        (
            "Un lecteur écrit que le centre apaisé a tué son commerce.",
            "Selon un lecteur, le centre apaisé lui a fait perdre 30 % de ses clients.",
            "One reader says that he lost 30% of his clients.",
        ),
        "Le centre-ville apaisé divise",
        "comment",
    ),
    Pair(
        "2025-02-03",
        "La maternité de Brémontel a fermé le 31 janvier, faute d'obstétriciens. Elle avait vu naître "
"412 enfants en 2024.",
        (
            "La maternité de Brémontel a fermé le 31 janvier 2025, faute d'obstétriciens.",
            "La maternité de Brémontel avait vu naître 412 enfants en 2024.",
            "The Brémontel maternity ward closed on 31 January 2025.",
        ),
    ),
    Pair(
        "2021-08-17",
        "Un chasseur affirme que le loup a été vu deux fois près de Merles ; les gardes n'ont trouvé aucune trace.",
        (
            "Un chasseur affirme que le loup a été vu deux fois près de Merles.",
            "A hunter claims that the wolf was seen twice near Merles.",
            "Les gardes n'ont trouvé aucune trace du loup.",
        ),
    ),
    Pair(
        "2023-05-30",
        "Le chantier du tramway a coûté 187 millions d'euros, soit 52 millions de plus que prévu en 2019.",
        (
            "Le chantier du tramway a coûté 187 millions d'euros.",
            "The tramway works cost 187 million euros, 52 million more than planned in 2019.",
            "Le tramway a coûté 52 millions d'euros de plus que prévu.",
        ),
    ),
)  # fmt: skip

# (place in PAIRS, a claim on the same persons, places and days that its source does not make)
INVENTED = (
    (0, "Le conseil municipal de Valmont a vendu mardi le château aux héritiers."),
    (0, "Valmont town council elected a new deputy mayor on 11 March 2025."),
    (1, "Hélène Castaing a offert une médaille aux employés du musée des Horloges."),
    (1, "Hélène Castaing, the director, was robbed on 1 June 2024."),
    (2, "Paul Lestrade a félicité les clients de l'usine Ferrand le 18 septembre."),
    (2, "Paul Lestrade, the director of the Ferrand plant, bought a castle on 18 September 2023."),
    (3, "Storm Ada flooded the church of Kelmouth."),
    (3, "La tempête Ada a arraché le toit de l'église de Kelmouth."),
    (4, "Hélène Castaing a baptisé la passerelle du nom de son père."),
    (4, "The mayor, Hélène Castaing, resigned."),
    (6, "The Sauverne dam was built by prisoners."),
    (7, "Didier Maurens speaks four languages."),
    (7, "Didier Maurens a acheté un vignoble à Port-Arlan."),
    (9, "The fire at Castelrive was started by a barbecue."),
    (10, "Irène Vasseur, the transport minister, praised the train drivers."),
    (11, "Luc Dambrine fled abroad before the trial."),
    (12, "Karim Sellami, the mayor of Aubrelles, swims every morning."),
    (14, "Zelensky a offert un tableau à Macron mercredi."),
    (14, "Zelenskyy thanked Macron for the aircraft on 27 November 2024."),
    (16, "La verrerie Lachenault a embauché des souffleurs en 2024."),
    (18, "The painting stolen from the Hennequart museum shows a lighthouse."),
    (20, "Tom Aldous a quitté le conseil lundi."),
    (23, "The Brémontel maternity ward won a prize in 2024."),
    (25, "The tramway works uncovered a Roman villa."),
)
