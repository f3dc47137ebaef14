"""What a page prints around an article: advertisements, credits, share bars, pitches, forms, notices.

`label_reason` judges one line by itself and only takes lines that are boilerplate from end to end, so a sentence that
holds such a word stays. `pitch_strength` weighs a paragraph that asks the reader for a subscription, an address or a
gift. It knows nothing of where lines stand; the callers do. Patterns match folded text (lower case, no accents).
"""

from __future__ import annotations

import re
from typing import Final

from indexer.read.lines import ends_sentence, strip_emoji, word_count
from rag.text import fold

_EDGE_LEFT: Final = r"^[\W_]*"
_EDGE_RIGHT: Final = r"[\W_]*$"
_NETWORK: Final = (
    r"(?:facebook|twitter|x|linkedin|whatsapp|telegram|messenger|pinterest|reddit|instagram|bluesky|mastodon|threads|"
    r"tumblr|tiktok|youtube|viber|pocket|flipboard|vk|snapchat|google\+?|e-?mails?|courriel|mail|imprimer|print|sms|"
    r"copier le lien|copy link|lien|link|partager|share|tweeter|tweet|envoyer|send|sauvegarder|save|flux rss|rss)"
)

# (reason, pattern of the whole folded line between its edges of punctuation)
_WHOLE: Final = (
    (
        "advertisement",
        r"(?:publicites?|pub|annonces?(?: publicitaires?)?|advertisements?|advertising|adverts?|ads?|"
        r"(?:contenu |article |post |message )?sponsorise|(?:sponsored|promoted|paid)(?: content| post| message)?|"
        r"publi-?(?:redactionnel|reportage)|espace publicitaire|"
        r"(?:la )?suite (?:de l'article |du texte )?(?:apres|sous) (?:la|cette) (?:publicite|pub|annonce)|"
        r"(?:publicite|pub)\W+(?:la suite|lire la suite|fermer).{0,60}|"
        r"(?:the )?(?:article|story) continues (?:below|after) (?:this |the )?(?:advertisement|ads?)|"
        r"continue reading (?:below|after the ads?)|advertisement\W+(?:scroll|continue|skip|article|story).{0,60}|"
        r"scroll (?:down )?to continue.{0,40}|skip ad(?:vertisement)?|(?:passer|fermer) la (?:publicite|pub))",
    ),
    (
        "share bar",
        rf"(?:(?:partagez?(?:r)?|share|diffuser|faites tourner|tweet(?:er)?|envoyer|imprimer|print)"
        rf"(?: (?:cet |l'|this |the |cette |la )?(?:article|page|story|post|info|information|publication))?"
        rf"(?: (?:sur|on|via|par|with|avec|to|a)(?: (?:les )?reseaux sociaux| social media| vos amis| friends)?)?"
        rf"(?:[\W_]+(?:sur |on |via |par |by )?{_NETWORK})*|(?:{_NETWORK}[\W_]+)+{_NETWORK}|\d+ (?:partages?|shares?)|"
        rf"(?:partager|share|tweeter) (?:sur|on|par|via|by) {_NETWORK}(?: \([^)]*\))?|"
        rf"cliquez pour (?:partager|imprimer|envoyer).{{0,80}}|click to (?:share|print|email).{{0,80}})",
    ),
    (
        "reading time",
        r"(?:temps de lecture|duree de lecture|lecture|reading time)\s*:?\s*(?:env(?:\.|iron) )?\d+ ?"
        r"(?:min(?:utes?)?|mn|')(?: de lecture)?|\d+ ?(?:min(?:utes?)?|mn)\.? (?:de lecture|read|de lectura)|"
        r"(?:lu|vu|consulte) \d[\d ]* fois|\d[\d .,]* (?:vues|views|lectures|reads)|ecouter l'article|listen to this.*",
    ),
    (
        "related link",
        r"(?:a )?(?:lire|voir|relire|ecouter|revoir|decouvrir)(?: aussi| egalement| ensuite| encore| et relire)?"
        r"(?: sur (?:le|ce|notre) (?:meme )?(?:sujet|site|theme))?|"
        r"(?:a )?(?:lire|voir|relire|ecouter|revoir|decouvrir)(?: aussi| egalement| ensuite| encore| sur le (?:meme )?"
        r"sujet)\s*[:>»→|–—-].*|[^\w\s]+ ?(?:a )?(?:lire|voir) (?:aussi|egalement)\b(?!.*[.…]$).*|"
        r"pour aller plus loin(?:\s*:.*)?|"
        r"(?:read|see|watch|listen)(?: also| more| next| too)(?:\s*[:>»→|–—-].*)?|(?:also|further) (?:read(?:ing)?|see)"
        r"(?:\s*:.*)?|(?:more|related)(?: (?:on|from) (?:this|the) (?:story|topic|subject)| (?:stories|articles|posts|"
        r"news|content|coverage|links|topics|reading))?(?:\s*:.*)?|you (?:may|might) (?:also )?like(?: this)?|"
        r"(?:sur|dans) le meme (?:sujet|theme|dossier)(?:\s*:.*)?|(?:articles?|sujets|contenus) (?:similaires?|"
        r"connexes?|lies|associes?|recommandes?|en relation)|(?:nos )?(?:articles|contenus) (?:les plus lus|a la une)|"
        r"vous (?:aimerez|pourriez)(?: peut-etre)?(?: aussi| egalement)?(?: aimer)?(?: aussi)?|les plus lus|most read|"
        r"(?:a|dans) la une|recommande(?:s)? pour vous|recommended(?: for you)?|recommended stories|trending(?: now)?|"
        r"dans la meme rubrique|sur le web|from around the web|editors?'s? picks?|plus d'infos?",
    ),
    (
        "cookie notice",
        r"(?:ce site|nous|notre site|this (?:web)?site|we|our site)(?: et nos partenaires| and our partners)?"
        r"(?: web)? (?:utilis\w+|uses?|stock\w+|store)\b.{0,160}\bcookies?\b.*|"
        r"(?:(?:tout )?accepter|accept|refuser|reject|gerer|manage|parametrer)(?: (?:tous|all|les|mes|my|the|vos))*"
        r"(?: (?:cookies|choix|preferences|and close|et fermer|et continuer|choices))|accepter et (?:fermer|continuer)|"
        r"tout (?:accepter|refuser)|(?:accept|reject) all|continuer sans accepter|en poursuivant votre navigation.*|"
        r"by (?:continuing|using) (?:to|this|our).{0,80}cookies.*|politique de cookies|"
        r"(?:nous (?:utilisons|deposons)|we use) (?:des |les |the )?(?:cookies|traceurs|trackers)\b"
        r"(?:\W*$|.{0,160}\b(?:audience|navigation|sites?|preferences|experience|publicites?|consent\w*|traffic)\b.{0,80})|"
        r"cookie (?:policy|settings|notice)",
    ),
    (
        "page footer",
        r"politique de confidentialite|privacy policy|mentions legales(?:\W.{0,80})?|conditions generales.{0,60}|"
        r"terms (?:of|and) .{0,40}|(?:.{2,60}\W+)?(?:(?:impressum|mentions legales|publicite|"
        r"contacts?|"
        r"protection des donnees|donnees personnelles|privacy(?: policy)?|plan du site|sitemap|qui sommes-nous|cgu|"
        r"cgv|cookies|"
        r"terms(?: of (?:use|service))?|legal notice|about us|advertise|archives|a propos)(?:\W{2,}|\W*[|•·–—]\W*|"
        r"$)){2,}",
    ),
    (
        "copyright",
        r"(?:©|\(c\)|copyright|&copy;).{0,160}|(?:.{0,80}\W)?(?:tous droits reserves|"
        r"all rights reserved)(?:\W.{0,80})?|"
        r"(?:toute )?reproduction (?:meme partielle |totale ou partielle )?(?:est )?(?:strictement )?interdite"
        r"(?: sans .{0,60})?",
    ),
    (
        "tags",
        r"(?:tags?|mots?[ -]?cles?|etiquettes?|categories?|rubriques?|themes?|sujets?|keywords?|topics?|"
        r"filed under|classe dans|posted in|publie dans|tagged(?: with)?)\s*:.{0,200}|(?:#\w+[\s,]*){2,}|"
        r"(?:filed under|tagged with|classe dans|publie dans) .{0,120}",
    ),
    (
        "navigation",
        r"(?:accueil|home)(?:\s*[>»›/|•]\s*[^>»›/|•.]{1,50})+|(?:retour|back)(?: (?:a|to|au|en))? (?:l'accueil|la une|"
        r"home|haut(?: de (?:la )?page)?|top|sommaire)|haut de page|(?:article|billet|page|post)s? (?:precedent|"
        r"suivant)e?s?"
        r"(?:\s*:.*)?|(?:previous|next|older|newer)(?: (?:article|post|story|page|entry)s?)(?:\s*:.*)?|menu|"
        r"se connecter|"
        r"log ?in|sign in|s'inscrire|s'identifier|mon compte|my account|rechercher|search|aller au contenu|"
        r"skip to (?:main )?content|navigation (?:de l'article|des articles)|post navigation|fermer|close|"
        r"lire la suite|read more|(?:continue|keep) reading|voir plus|see more|"
        r"(?:<+|←|«) ?(?:precedent|previous|prev)|(?:suivant|next) ?(?:>+|→|»)|lire l'article|page \d+(?: (?:sur|of|"
        r"/) \d+)?",
    ),
    (
        "contact line",
        r"(?:une|vous avez (?:repere|vu|trouve|constate|remarque) une|signaler une|spotted an?|(?:did you )?(?:see|"
        r"notice) an?) "
        r"(?:erreur|imprecision|faute|coquille|error|mistake|typo)\b.{0,140}|(?:contactez|"
        r"ecrivez)(?:-nous)?\b.{0,20}(?: a|:)"
        r".{0,30}@.{3,40}|.{0,40}(?:e-?mail|courriel|contact) ?: ?\S+@\S+",
    ),
    (
        "paywall notice",
        r"(?:cet |l')?article (?:est )?reserve (?:a nos|aux) abonne(?:e|s|\(e\))*.{0,40}|"
        r"il (?:vous )?reste \d+ ?% (?:de cet article )?a lire.{0,80}|(?:this (?:article|content) is )?(?:for )?"
        r"subscribers? only|you have \d+ (?:free )?articles? (?:left|remaining).{0,60}|(?:la suite|lecture) "
        r"(?:est )?reservee aux abonnes.{0,40}|deja abonnee? ?\?.{0,60}|already a (?:subscriber|member) ?\?.{0,60}|"
        r"(?:vous etes )?deja abonnee?s?|article abonne|reserve aux abonnes",
    ),
    (
        "newsletter",
        r"(?:(?:notre|nos|our|la|the|les) )?(?:newsletters?|infolettres?)(?: .{0,40})?|"
        r"(?:votre|your) (?:adresse )?(?:e-?mail|courriel)(?: address)?|je m'(?:abonne|inscris)|s'abonner|"
        r"(?:subscribe|sign up)(?: now| here| today| free)?|abonnez-vous(?: (?:ici|maintenant|gratuitement))?|"
        r"(?:faire|faites) un don|je (?:fais un don|soutiens)(?: .{0,30})?|donate(?: now| here| today)?|"
        r"(?:suivez-nous|follow us|retrouvez-nous)(?: (?:sur|on) .{0,60})?|nous soutenir|support us",
    ),
)
_WHOLE_LINE: Final = tuple((reason, re.compile(_EDGE_LEFT + f"(?:{body})" + _EDGE_RIGHT)) for reason, body in _WHOLE)

_FORM_START: Final = re.compile(
    r"^[\W_]*(?:laissez?r? (?:un |votre |une |vos )?(?:commentaires?|reponse|avis|message)(?: a .{0,80})?|"
    r"(?:ecrire|ajoutez?r?|postez?r?|publiez?r?|deposez?r?|poster|rediger) (?:un |votre |une )?(?:commentaire|avis|"
    r"reaction|reponse|"
    r"message)|(?:leave|post|add|write|submit) (?:a |your |us a )?(?:public )?(?:comment|reply|"
    r"response)(?: to .{0,80})?|"
    r"cancel reply|annuler la reponse|commentez?r?(?: (?:cet|l')? ?article)?|reagissez?r?(?: a cet article)?|"
    r"(?:votre|your) (?:commentaire|reaction|comment)|join the (?:discussion|conversation)|rejoindre la discussion|"
    r"participez? a la (?:discussion|conversation)|what do you think|qu'en pensez-vous|donnez votre avis|"
    r"leave a reply cancel reply|laisser un commentaire annuler la reponse)[\W_]*$"
)
_FORM_LINE: Final = re.compile(
    r"^[\W_]*(?:(?:votre|your|l') ?(?:adresse )?(?:e-?mail|courriel|adresse de messagerie|email address)(?: address)? "
    r"(?:ne sera pas|will not be|won't be|n'est pas).{0,200}|les champs (?:obligatoires|requis).{0,80}|"
    r"required fields.{0,60}|(?:nom|name|e-?mail|courriel|site(?: web| internet)?|website|url|commentaire|comment|"
    r"adresse (?:e-?mail|de messagerie)|prenom|pseudo)\s*(?:\*|\(?(?:requis|obligatoire|required|optionnel|optional)"
    r"[^)]{0,30}\)?)+|enregistrer mon nom.{0,160}|save my name.{0,160}|(?:publier|poster|envoyer|valider|soumettre)"
    r" (?:le|un|votre|mon) (?:commentaire|message)|(?:post|submit) (?:comment|reply)|(?:prevenez|avertissez|"
    r"notifiez)-moi"
    r".{0,160}|notify me (?:of|by|when).{0,160}|ce site utilise akismet.{0,200}|this site uses akismet.{0,200}|"
    r"(?:vous devez (?:etre connecte|vous (?:connecter|identifier))|connectez-vous|identifiez-vous|you must (?:be )?"
    r"log(?:ged)? in|(?:please )?log in|sign in).{0,40}(?:comment\w*|reagir|repondre|publier|post\w*|reply|discuter|"
    r"discussion).{0,80}|(?:soyez|be) (?:le premier|la premiere|the first).{0,80}|"
    r"(?:les )?commentaires (?:sont )?(?:fermes|desactives|clos).{0,60}|comments (?:are |"
    r"have been )?(?:now )?closed.{0,60}|"
    r"(?:aucun|pas de|0|no) (?:commentaires?|reponses?|comments?|replies)(?: (?:yet|pour (?:le moment|l'instant)|"
    r"a ce jour))?|vous pouvez utiliser ces balises.{0,300}|you may use these html.{0,300})[\W_]*$"
)
_PINGBACK: Final = re.compile(
    r"^(?:\d+[.)]\s*)?(?:ping ?back|track ?back|ping|retrolien)s?(?: \(.{0,30}\))?\s*:", re.IGNORECASE
)


def is_form_start(text: str) -> bool:
    """Whether a line heads a form in which readers write."""
    return len(text) <= 140 and bool(_FORM_START.match(fold(text)))


def is_form_line(text: str) -> bool:
    """Whether a line belongs to such a form: field names, notices about the e-mail address, log-in requests."""
    return len(text) <= 400 and bool(_FORM_LINE.match(fold(text)))


def is_pingback(text: str) -> bool:
    return bool(_PINGBACK.match(text))


def label_reason(text: str) -> str | None:
    """Why a line taken alone is boilerplate, or None."""
    folded = fold(text)
    if len(folded) <= 260:
        for reason, pattern in _WHOLE_LINE:
            if pattern.match(folded):
                return reason
    if is_form_start(text) or is_form_line(text):
        return "comment form"
    return "photo credit" if is_photo_credit(text) else None


_AGENCY: Final = (
    r"(?:afp|ap|reuters|epa|sipa|getty(?: images)?|maxppp|abaca(?:press)?|dpa|ansa|belga|keystone|shutterstock|istock|"
    r"adobe ?stock|unsplash|pixabay|pexels|wikimedia(?: commons)?|wikipedia|flickr|bestimage|hans lucas|ria novosti|"
    r"sputnik|tass|xinhua|anadolu|nurphoto|imago|pool|dr|cc by[\w -]*|domaine public|public domain|archives?)"
)
_CREDIT_WORD: Final = (
    r"(?:(?:credits?|source|legende) ?(?:de la |des )?(?:photos?|images?|photographiques?|video)?|"
    r"photos?(?:graphie)?s?|"
    r"photo credits?|images?|illustrations?|dessins?|visuels?|infographies?|cartes?|crédits?|picture|drawing|graphics?|"
    r"capture d'ecran|screenshot|image credits?|photo d'illustration|photo by|photo de)"
)
_CREDIT_LINE: Final = re.compile(
    rf"^[\W_]*(?:{_CREDIT_WORD}\s*[:©/|–-].{{0,110}}|(?:photo|image|picture) (?:by|de|d'|par) .{{0,60}}|"
    rf"(?:credits?|photos?|images?) {_AGENCY}.{{0,40}}|photo d'(?:illustration|archives?).{{0,60}}|"
    rf"(?:image|photo) d'illustration|(?!archives?\W*$){_AGENCY}(?:\s*[/|–-]\s*.{{1,50}})?|©.{{0,100}})[\W_]*$"
)
_CREDIT_TAIL: Final = re.compile(
    rf"(?:[(\[]\s*(?:{_CREDIT_WORD}\s*[:©/|–-]?[^()\[\]]{{0,60}}|©[^()\[\]]{{0,60}}|{_AGENCY}(?:[^()\[\]]{{0,40}})?)\s*"
    rf"[)\]]|(?:^|[\s.])(?:©|credits?(?: photo)? ?:|photo ?:) ?[^.!?]{{1,60}}|[./|"
    rf"–-] ?{_AGENCY}(?: ?/ ?.{{1,40}})?)\W*$"
)


def is_photo_credit(text: str) -> bool:
    """Whether a line is the caption or credit of a picture. A long caption counts only with a credit at its end."""
    folded = fold(text)
    if len(folded) <= 140 and _CREDIT_LINE.match(folded):
        return not (folded.endswith(".") and word_count(folded) > 14)
    tail = _CREDIT_TAIL.search(folded) if len(folded) <= 260 else None
    if tail is None:
        return False
    certain = re.search(r"©|credit|photo|image|dessin|illustration", tail.group()) is not None
    return certain or (len(folded) <= 140 and not ends_sentence(text[: tail.start()].strip()))


_CORE: Final = re.compile(
    r"(?:abonnez-vous|re?abonnez-vous|inscrivez-vous|soutenez(?:-nous)?|adherez|faites un don|faire un don|je m'abonne|"
    r"je (?:fais un don|m'inscris|soutiens)|subscribe|sign up|donate|support (?:us|our|independent)|make a donation|"
    r"become an? (?:member|subscriber|supporter|patron)|give (?:now|today)|join (?:us|our)|aidez-nous|help us)\b"
)
_CALL: Final = re.compile(
    r"^\W*(?:alors,? |si vous .{3,60}, |pour .{3,80}, |chaque .{3,40}, |if you .{3,60}, |to .{3,60}, |please,? )?"
    r"(?:re?abonnez|inscrivez|soutenez|decouvrez|recevez|rejoignez|telechargez|suivez|faites un don|adherez|offrez|"
    r"plongez|profitez|retrouvez|ne (?:manquez|ratez)|partagez|cliquez|aidez|contribuez|commandez|procurez|je m'abonne|"
    r"je fais un don|.{2,40} (?:vit (?:de|grace a) vos|depend de vos|is (?:funded|supported) by|is reader-)|"
    r"vous (?:avez aime|appreciez|aimez)|cet article vous a|deja abonne|subscribe|sign up|join|support|"
    r"donate|become a|download|get |follow|discover|help us|make a|click|receive|enjoy(?:ed)?|did you (?:like|enjoy)|"
    r"already a|never miss|don't miss|stay (?:informed|up to date|tuned)|restez (?:informe|connecte))"
)
_PRODUCT: Final = re.compile(
    r"\b(?:newsletters?|infolettres?|lettres? (?:d'information|quotidienne|hebdomadaire|gratuite)|(?:notre|nos|la|our) "
    r"(?:lettres?|revue|magazine|journal|redaction|chaine|compte|page|application|appli|boutique|equipe|site|podcasts?|"
    r"app|channel|coverage|journalism|reporting|work|mission|team|paper)|revue (?:papier|mensuelle|trimestrielle)|"
    r"magazine|exemplaire|abonnements?|abonnee?s|offres?|essai gratuit|(?:€ ?/|par) ?mois|dons?|donations?|"
    r"presse (?:libre|"
    r"independante)|journal(?:isme)? independant|media independant|independen(?:t|ce)(?: (?:journalism|media|press))?|"
    r"podcasts?|reseaux sociaux|social media|boite (?:mail|de reception)|inbox|e-?mails?|subscriptions?|subscribers?|"
    r"reader-funded|reader-supported|(?:friday|weekly|daily) letter|supporters|(?:mois|months?|semaines) (?:offerts?|"
    r"free|gratuits?)|"
    r"(?:l'|la |le |the |vos? )(?:application|appli|app|chaine|podcast|dons?)|membership|free trial|(?:a|per) month|"
    r"whatsapp|telegram|google (?:actualites|news)|alertes?|alerts?|adhesion|"
    r"lecteurs?|readers?|numero)\b"
)
_ADDRESS: Final = re.compile(
    r"-vous\b|\b(?:vous|votre|vos|nous|notre|nos|you|your|us|our|we)\b|\bje (?:m'|fais|soutiens)|^\W*[a-z]+ez\b"
)
_QUOTATION: Final = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"")


def pitch_strength(text: str) -> int:
    """How much a paragraph asks something of the reader for the publisher: 0 not, 1 weakly, 2 plainly.

    A call (an imperative at the head of a sentence, outside quotations), the thing offered and an address to the reader
    make 1; a call to subscribe, sign up, give or join with what it is for makes 2.
    """
    folded = fold(_QUOTATION.sub(" ", text.replace("\n", " ")))
    sentences = [part for part in re.split(r"(?<=[.!?…:])\s+", folded) if part]
    calls = [part for part in sentences if _CALL.match(part)]
    products = {match.group() for match in _PRODUCT.finditer(folded)}
    core = [part for part in sentences if (found := _CORE.search(part)) and (_CALL.match(part) or found.start() < 60)]
    addressed = bool(_ADDRESS.search(folded))
    if core and products and (calls or len(folded) < 300):
        return 2 if addressed else 1
    return 1 if calls and products and (addressed or len(products) > 1) else 0


_CALLOUT: Final = re.compile(
    r"^[\W_]*(?:important|urgent|appel|attention|info(?:rmation)?s?|chers? (?:lecteurs?|lectrices?|amis?).{0,40}|"
    r"dear readers?|notice|advert|(?:important|urgent|info|exclusif|special|note|nb)?[\W_]*(?:a (?:lire|decouvrir|"
    r"ne pas "
    r"(?:manquer|rater)|savoir)|read this|must[- ]read|please read)|.{0,40}(?:vous avez (?:aime|apprecie)|vous a plu|"
    r"vous (?:aimez|appreciez)|you (?:like|liked|enjoy|enjoyed)|did you (?:like|enjoy)|soutenez|aidez|abonnez|"
    r"inscrivez|"
    r"rejoignez|recevez|adherez|suivez|newsletter|nos offres|notre revue|support (?:us|our|independent)|subscribe|"
    r"donate|join us|help us|before you go|avant de partir|un don).{0,60})[\W_]*$"
)


def is_callout(text: str) -> bool:
    """Whether a short line heads an appeal to the reader."""
    return len(text) <= 110 and bool(_CALLOUT.match(fold(strip_emoji(text))))


_AUTHOR_BOX: Final = re.compile(
    r"^[\W_]*(?:a propos de l'auteure?|l'auteure?|about the authors?|the author|a propos de [a-z' -]{3,50}|about "
    r"[a-z' -]{3,50}|biographie|qui sommes-nous ?\??|about us)[\W_]*$"
)


def is_author_box(text: str) -> bool:
    """Whether a line heads the box that presents the author or the paper."""
    return len(text) <= 70 and bool(_AUTHOR_BOX.match(fold(text)))


_AUTHOR_LINE: Final = re.compile(
    r"^\W*(?:(?:a propos de l'auteure?|about the author)\s*:.*|[a-z'’.-]+(?: [a-z'’.-]+){0,4}(?:,| est| is|"
    r":) .{0,80}\b(?:journaliste|"
    r"redact(?:eur|rice)|correspondante?|reporter|chroniqueu(?:r|se)|journalist|correspondent|editor|columnist|writer|"
    r"contributor|contribut(?:eur|rice)|essayiste|freelance|pigiste|staff)\b.{0,200})$"
)


def is_author_line(text: str) -> bool:
    """Whether a line at the foot of a text presents its author: "Jeanne Martin, journaliste à ..., suit ..."."""
    if len(text) > 320 or not re.match(r"\W*[A-ZÀ-Ý]", text):
        return False
    folded = fold(text)
    named = re.match(r"^[A-ZÀ-Ý][\w’'.-]+ [A-ZÀ-Ýd][\w’'.-]+", text) is not None
    return bool(_AUTHOR_LINE.match(folded)) and (named or folded.startswith(("a propos", "about")))
