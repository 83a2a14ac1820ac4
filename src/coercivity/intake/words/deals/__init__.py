"""The kinds of deal: know-how and persons in plain words, sentences of their own, goods only sent to be worked on."""

from __future__ import annotations
