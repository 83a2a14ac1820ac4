import re
from dataclasses import dataclass, field
from coercivity.data.values import SetValue
@dataclass(frozen=True, slots=True)
class GradeMark:
    start:int; end:int; states:dict; has:tuple=(); strength:str="stated"; needs:str=""; reason:str=""
_N=re.compile(r"(?<![a-z0-9])(?:n-?(?:3[0-9]|4[0-9]|5[0-9]|60|2[7-9])(?:m|h|sh|uh|eh|ah|vh|th)?|(?:2[7-9]|[345]\d)(?:sh|uh|eh|ah|vh|th)|(?:3[5-9]|[45]\d)h)(?![a-z0-9])")
def grade_marks(f):
    return tuple(GradeMark(m.start(),m.end(),{"magnet_type":SetValue(frozenset({"NdFeB"}))},("Nd",)) for m in _N.finditer(f.flat))
