"""Find every mention of a directive in a report and read what it states: text in, mentions out.

The package is a verb too: ``danvan_nlp.references(text)`` is `find` of the text.

Examples
--------
>>> import danvan_nlp.references
>>> [mention.number for mention in danvan_nlp.references("Kết luận 114-KL/TW và Chỉ thị 16/CT-TTg")]
['114', '16']
"""

import sys
from types import ModuleType

from danvan_nlp.references.find import find
from danvan_nlp.types import Mention

__all__ = ["find"]


class _Verb(ModuleType):
    """A package that can be called, since the stage and what it does have one name."""

    def __call__(self, text: str) -> list[Mention]:
        return find(text)


sys.modules[__name__].__class__ = _Verb
