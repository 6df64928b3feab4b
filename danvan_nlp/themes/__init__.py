"""Themes: what each sentence of a report is about, with calibrated probabilities and the reasons."""

from danvan_nlp.themes.context import SentenceContext, contexts
from danvan_nlp.themes.model import Model, ModelError, model_names
from danvan_nlp.themes.tagger import Reason, Tagger, lang_score, load_model
from danvan_nlp.themes.taxonomy import Taxonomy, Theme

__all__ = [
    "Model",
    "ModelError",
    "Reason",
    "SentenceContext",
    "Tagger",
    "Taxonomy",
    "Theme",
    "contexts",
    "lang_score",
    "load_model",
    "model_names",
]
