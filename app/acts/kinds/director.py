"""The acts of the director of the caisse, a power of his own (CSS L. 162-1-14-1, R. 147-2, R. 147-13 to R. 147-17)."""

from collections.abc import Mapping

from app.acts import guards
from app.acts.rules import By, Kind
from app.base.errors import N_
from app.filing.status.director import (
    CONCLUDED,
    FACTS,
    FOLLOWED,
    NO_ACTION,
    OBSERVED,
    OPINION_ASKED,
    OPINION_GIVEN,
)
from app.procedure.days import LegalDay

AUTONOMOUS = "The director goes on with what he began: his power does not end with the file."

DIRECTOR: Mapping[str, Kind] = {
    FACTS: Kind(
        past=N_("Griefs notifiés par le directeur"),
        do=N_("Notifier les griefs"),
        page="director.facts",
        by=By.CAISSE,
        asks=guards.is_director_free,
        overtaken_by=(FACTS, OBSERVED, OPINION_ASKED, NO_ACTION, CONCLUDED),
        is_repeated=True,
    ),
    NO_ACTION: Kind(
        past=N_("Aucune procédure engagée par le directeur"),
        told=N_("Décision du directeur"),
        do=N_("Ne pas engager de procédure"),
        page="director.none",
        by=By.CAISSE,
        asks=guards.may_begin_nothing,
        overtaken_by=(FACTS,),
        given=("on", "explanation", "translation"),
    ),
    OBSERVED: Kind(
        past=N_("Réponse du professionnel aux griefs"),
        do=N_("Observations du professionnel"),
        page="director.observations",
        by=By.CAISSE,
        asks=guards.may_observe,
        after=AUTONOMOUS,
        overtaken_by=(FACTS,),
        is_repeated=True,
        keeps=(LegalDay.OBSERVE,),
    ),
    OPINION_ASKED: Kind(
        past=N_("Avis demandé par le directeur"),
        do=N_("Demander un avis"),
        page="director.referral",
        by=By.CAISSE,
        asks=guards.may_ask_opinion,
        after=AUTONOMOUS,
        overtaken_by=(FACTS, OBSERVED, OPINION_ASKED),
        is_repeated=True,
        keeps=(LegalDay.REFER, LegalDay.CONSULT),
    ),
    OPINION_GIVEN: Kind(
        past=N_("Avis rendu au directeur"),
        do=N_("Avis rendu"),
        page="director.opinion",
        by=By.CAISSE,
        asks=guards.is_opinion_awaited,
        after=AUTONOMOUS,
        overtaken_by=(OPINION_GIVEN, OPINION_ASKED),
        is_repeated=True,
    ),
    CONCLUDED: Kind(
        past=N_("Décision du directeur"),
        told=N_("Décision du directeur"),
        do=N_("Décision du directeur"),
        page="director.decision",
        by=By.CAISSE,
        asks=guards.may_conclude,
        after=AUTONOMOUS,
        overtaken_by=(OPINION_GIVEN,),
        given=("on", "explanation", "translation"),
        keeps=(LegalDay.NOTIFY_SANCTION,),
    ),
    FOLLOWED: Kind(
        past=N_("Suites de la sanction du directeur"),
        do=N_("Suites de la sanction"),
        page="director.follow",
        by=By.CAISSE,
        asks=guards.may_follow_sanction,
        after="A sanction is contested, and becomes final, after the file was closed here.",
        overtaken_by=(FOLLOWED,),
        is_repeated=True,
    ),
}
