"""What the class names of an element say that it holds: a comment's author, date, text, buttons or answers.

A class name is cut into its words ("com-auteur", "comment__author", "commentAuthor"), and the words are known in French
and English. It knows nothing of the page around the element.
"""

from __future__ import annotations

import re
from typing import Any, Final

from rag.text import fold


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_COMMENT: Final = _words("comment comments commentaire commentaires com coms cmt comm reaction reactions commenter")
_PART: Final = _words(
    "item wrapper wrap container card single row block bloc box entry element unit root node post carte ligne li fiche "
    "article parent child reply main inner reponse user"
)
_AUTHOR: Final = _words(
    "author auteur auteure pseudo pseudonyme user username nick nickname name nom fn commenter commentator signature "
    "login member membre reader lecteur posteur poster by who displayname utilisateur contributor contributeur"
)
_TAIL: Final = _words("name nom link lien url id label display")
_STAMP: Final = _words(
    "date dates time datetime timestamp ago posted published when heure publication moment timeago dateline temps jour"
)
_CONTENT: Final = _words(
    "content contents text texte txt contenu body corps message msg copy description paragraph paragraphe bodytext "
    "richtext innertext propos"
)
_TOOLS: Final = _words(
    "actions action tools tool outils votes vote voter voting avatar avatars like likes dislike share sharing partage "
    "permalink buttons button btn bouton boutons signaler report flag edit says toolbar menu controls links liens "
    "repondre thumb thumbs score karma badge badges upvote downvote moderation"
)
_CHILDREN: Final = _words("children replies reponses responses answers nested subcomments enfants childs")
_NOT_AUTHOR: Final = _words(
    "avatar avatars role badge badges count picture image photo img icon icone status rank level"
)
_NOT_CONTENT: Final = _words("secondary screen sr muted helper toggle actions action says button btn avatar")
_WRAPS: Final = _words("inner wrapper block")
_SEVERAL: Final = _words("comments commentaires reactions coms")
_ONE: Final = _words("comment commentaire")
_LISTS: Final = _words("area section list liste zone thread container espace listing")
_AREA: Final = _words(
    "comments commentaires reactions commentlist discussion disqus commentsection commentaire comment"
)
_AREA_PART: Final = _words(
    "area section list liste container wrapper wrap thread block bloc zone template box listing fil espace les vos "
    "reader article lecteurs the all tous ol ul module feed respond app root main post page content"
)


# Names that the themes of WordPress, Disqus and others use, beyond what their words say.
_UNIT_NAME: Final = re.compile(
    r"^(?:(?:[a-z]+[-_]{1,2})?(?:comment|commentaire|reaction|reply)(?:[-_]{1,2}(?:item|wrapper|container|card|"
    r"single|row|block|"
    r"box|entry|element|unit|root|node|post))?|comments?[-_]{1,2}(?:list[-_]{1,2})?item|comment(?:aire)?[-_]?\d+|"
    r"commentitem|"
    r"user-?comment|cmt|depth-\d+)$",
    re.IGNORECASE,
)
_AREA_NAME: Final = re.compile(
    r"^(?:comments?|commentaires?|commentlist|comments?[-_]{0,2}(?:area|section|list|container|wrapper|thread|block|"
    r"zone|template)|"
    r"disqus_thread|liste?[-_]commentaires|reactions|wp-block-comments|wp-block-comment-template|post-comments|respond|"
    r"comment-respond|article-comments|reader-comments|fb-comments|les-commentaires|discussion)$",
    re.IGNORECASE,
)
_AUTHOR_NAME: Final = re.compile(
    r"^(?:fn|(?:comment|commentaire|reply|user|post|reader)[-_]{1,2}(?:author|auteur|name|user|username|nickname|by)"
    r"(?:[-_]{1,2}(?:name|link))?|author(?:[-_]name)?|auteur|user-?name|nickname|nick|pseudo|publisher-anchor-color|"
    r"wp-block-comment-author-name|display-name|signature|commenter(?:[-_]name)?|name|nom|who)$",
    re.IGNORECASE,
)
_STAMP_NAME: Final = re.compile(
    r"^(?:(?:[a-z]+[-_]{1,2})?(?:date|time|datetime|timestamp|time-ago|posted|published|ago|when|metadata|"
    r"commentmetadata)|"
    r"wp-block-comment-date)$",
    re.IGNORECASE,
)
_CONTENT_NAME: Final = re.compile(
    r"^(?:(?:comment|commentaire|reply|reaction|post|wp-block-comment)[-_]{1,2}(?:content|text|texte|message|contenu|"
    r"copy|"
    r"description|inner-text)|comment-?text|comment-?content|commenttext|post-message|message|contenu|texte|text|"
    r"content)$",
    re.IGNORECASE,
)
_TOOLS_NAME: Final = re.compile(
    r"^(?:reply|repondre|comment-reply-link|(?:comment|post)[-_]{1,2}(?:actions?|tools?|footer|menu|votes?|edit-link|"
    r"meta|"
    r"metadata|author|avatar|date|reply|permalink)|actions?|votes?|avatar|says|edit-link|permalink|share|like|likes|"
    r"buttons?|"
    r"comment-meta|commentmetadata|vcard|wp-block-comment-(?:reply-link|edit-link|date|author-name))$",
    re.IGNORECASE,
)
_CHILDREN_NAME: Final = re.compile(
    r"^(?:children|repl(?:y|ies)(?:[-_].*)?|reponses?|nested.*|sub-?comments?|.*[-_]replies)$", re.IGNORECASE
)


def classes(node: Any) -> list[str]:
    """The class names of an element."""
    return (node.get("class") or "").split()


def parts(name: str) -> list[str]:
    """The words of a class name or id, folded, numbers left aside."""
    cut = re.split(r"[-_:]+|(?<=[a-zà-ÿ])(?=[A-Z])|(?<=[a-z])(?=\d)", name)
    return [fold(piece) for piece in cut if piece and not piece.isdigit()]


def _ends_in(name: str, wanted: frozenset[str], tail: frozenset[str]) -> bool:
    words = parts(name)
    if words and words[-1] in wanted:
        return True
    return len(words) > 1 and words[-1] in tail and words[-2] in wanted


def is_author(node: Any) -> bool:
    """Whether an element is said to hold an author's name."""
    return any(
        _AUTHOR_NAME.match(name) or (_ends_in(name, _AUTHOR, _TAIL) and not set(parts(name)) & _NOT_AUTHOR)
        for name in classes(node)
    )


def is_stamp(node: Any) -> bool:
    """Whether an element is said to hold a date or time."""
    return any(_STAMP_NAME.match(name) or _ends_in(name, _STAMP, _TAIL) for name in classes(node))


def is_content(node: Any) -> bool:
    """Whether an element is said to hold the text of something."""
    words = {word for name in classes(node) for word in parts(name)}
    if words & _NOT_CONTENT or is_stamp(node):
        return False
    return any(_CONTENT_NAME.match(name) or _ends_in(name, _CONTENT, _WRAPS) for name in classes(node))


def is_tools(node: Any) -> bool:
    """Whether an element is said to hold buttons, votes or pictures, or the author and date printed over a text."""
    if any(_TOOLS_NAME.match(name) for name in classes(node)):
        return True
    if is_author(node) or is_stamp(node) or is_content(node):
        return False
    return any(set(parts(name)) & _TOOLS for name in classes(node))


def is_children(node: Any) -> bool:
    """Whether an element is said to hold the answers to a comment."""
    return any(_CHILDREN_NAME.match(name) or set(parts(name)) & _CHILDREN for name in classes(node))


def is_comment(node: Any) -> bool:
    """Whether an element is said to be one comment: "commentaire", "comment-item", "com12"."""
    return any(_UNIT_NAME.match(name) or _one_comment(parts(name)) for name in classes(node))


def _one_comment(words: list[str]) -> bool:
    if not set(words) & _COMMENT or words[-1] in _SEVERAL:
        return False
    return all(word in _COMMENT or word in _PART for word in words)


def is_area(node: Any) -> bool:
    """Whether an element is said to hold a whole thread: "comments", "liste-commentaires", "zone-reactions"."""
    named = [
        name for name in classes(node) if parts(name)[:1] not in (["comment"], ["commentaire"]) or len(parts(name)) > 1
    ]
    return any(_AREA_NAME.match(name) or _several(parts(name)) for name in (*named, node.get("id") or ""))


def _several(words: list[str]) -> bool:
    held = [word for word in words if word in _AREA]
    rest = [word for word in words if word not in _AREA]
    if not held or not all(word in _AREA_PART or len(word) <= 3 for word in rest):
        return False
    return any(word not in _ONE for word in held) or bool(set(rest) & _LISTS)
