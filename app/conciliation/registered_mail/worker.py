"""The worker: hands letters over, asks where they are, and notes the acts that they are, outside any slow turn.

The day of the deposit is that of the sending, the day of the acceptance that of the reception (CPCE R. 53-2, R. 53-3).
"""

import logging
from datetime import datetime

from app.acts.case import Case
from app.acts.refusals import AlreadyDone, Left
from app.acts.rules import Actor
from app.acts.turn import ActPress, take
from app.base.dates import date_text, local_day
from app.base.errors import N_
from app.base.i18n import translate
from app.base.portal import Portal
from app.base.storage.leader import Stop
from app.conciliation.registered_mail.client import LetterStep, LetterToSend, Progress, Provider, ProviderTrouble
from app.evidence import store
from app.evidence.store import Intake, Received
from app.filing.acts import registered_letters as letters
from app.filing.acts.attachments import join
from app.filing.acts.registered_letters import LeasedLetter
from app.filing.acts.registered_rules import RegisteredState
from app.filing.sealed.act import of_kind
from app.filing.sealed.base import bringing
from app.filing.sealed.conciliation import Summoned, SummonsCame
from app.filing.status.conciliation import SUMMONED, SUMMONS_CAME

log = logging.getLogger("saisine.registered")
AT_ONCE = 10
ELECTRONIC = "recommande_electronique"
SENT = N_("{party} : lettre recommandée électronique, déposée le {day}")
CAME = N_("{party} : recommandé électronique reçu le {day}")
STATES = {
    LetterStep.PENDING: RegisteredState.HANDED,
    LetterStep.DEPOSITED: RegisteredState.DEPOSITED,
    LetterStep.ACCEPTED: RegisteredState.ACCEPTED,
    LetterStep.REFUSED: RegisteredState.REFUSED,
    LetterStep.UNCLAIMED: RegisteredState.UNCLAIMED,
}
"""Our word for each step of the provider's."""
PROOF_NAME = N_("preuve-de-reception-{number}.pdf")


class RegisteredMailWorker:
    """Looks after the electronic registered letters of every authority."""

    def __init__(self, portal: Portal, provider: Provider) -> None:
        """Keep what it works with."""
        self._portal, self._provider = portal, provider

    def run_once(self, stop: Stop | None = None) -> int:
        """Look after what is due; return how many letters were."""
        done = 0
        while done < AT_ONCE and not (stop is not None and stop.is_set()):
            with self._portal.database.read() as session:
                if not letters.is_anything_due(session, self._portal.clock()):
                    break
            with self._portal.database.write() as session:
                letter = letters.lease(session, self._portal.keyring, self._portal.clock())
            if letter is None:
                break
            self._look_after(letter)
            done += 1
        return done

    def _look_after(self, letter: LeasedLetter) -> None:
        try:
            if letter.state is RegisteredState.QUEUED:
                said = letter.content
                whole = LetterToSend(letter.id, said.name, said.address, said.pdf)
                identifier = self._provider.hand_over(whole)
                with self._portal.database.write() as session:
                    letters.handed(session, letter.id, identifier, self._portal.clock())
                log.info("registered letter", extra={"letter": letter.id, "code": "handed"})
            else:
                self._follow(letter, self._provider.progress(letter.identifier))
        except ProviderTrouble as trouble:
            self._not_done(letter, trouble.code, is_final=trouble.is_final)
        except Exception:  # one letter never stops the others
            log.exception("a registered letter could not be looked after", extra={"letter": letter.id})
            self._not_done(letter, "error", is_final=False)

    def _not_done(self, letter: LeasedLetter, code: str, *, is_final: bool) -> None:
        with self._portal.database.write() as session:
            over = letters.not_done(session, letter.id, code, self._portal.clock(), is_final=is_final)
        log.warning("registered letter", extra={"letter": letter.id, "code": code, "final": over})

    def _follow(self, letter: LeasedLetter, progress: Progress) -> None:
        """Note each act that came about since the last question, each once; then where the letter is."""
        state = STATES[progress.state]
        try:
            if progress.deposited_at and letter.state is RegisteredState.HANDED:
                self._note_sent(letter, progress.deposited_at)
            if state is RegisteredState.ACCEPTED and progress.ended_at:
                self._note_came(letter, progress.ended_at)
        except (AlreadyDone, Left):  # the complaint moved on: a clerk notes what is still of use
            state = RegisteredState.UNNOTED
        with self._portal.database.write() as session:
            letters.moved(session, letter.id, state, self._portal.clock())
        log.info("registered letter", extra={"letter": letter.id, "code": state.value})

    def _note_sent(self, letter: LeasedLetter, at: datetime) -> None:
        said = letter.content
        with self._portal.database.write() as session:
            case = take(session, self._portal, _actor(letter), ActPress(letter.number, SUMMONED, party=said.party))
            on = local_day(at, case.zone)
            words = translate(SENT).format(party=said.label, day=date_text(on, weekday=False))
            act = Summoned(
                party=said.party,
                mode=ELECTRONIC,
                on=on,
                reference=letter.identifier,
                letter=said.paragraphs,
                words=words,
            )
            case.write(SUMMONED, act)
            letters.moved(session, letter.id, RegisteredState.DEPOSITED, self._portal.clock())

    def _note_came(self, letter: LeasedLetter, at: datetime) -> None:
        said = letter.content
        proof = self._kept(letter, self._provider.proof(letter.identifier))
        with self._portal.database.write() as session:
            press = ActPress(letter.number, SUMMONS_CAME, party=said.party)
            case = take(session, self._portal, _actor(letter), press, lambda one: _is_last(one, letter))
            files, twice = join(session, case.opened, proof, self._portal.clock)
            on = local_day(at, case.zone)
            words = translate(CAME).format(party=said.label, day=date_text(on, weekday=False))
            case.write(SUMMONS_CAME, bringing(SummonsCame(party=said.party, on=on, words=words), files))
            letters.moved(session, letter.id, RegisteredState.ACCEPTED, self._portal.clock())
        for file in twice:
            store.remove(self._portal.files, file.id)

    def _kept(self, letter: LeasedLetter, proof: bytes) -> list[Received]:
        """Seal the proof with the files of the complaint; what is no PDF, or finds no room, is trouble."""
        intake = Intake(self._portal.files, letter.key, 1, len(proof), self._portal.check_file)
        intake.begin("preuve", translate(PROOF_NAME).format(number=letter.number))
        intake.add(proof)
        intake.end()
        if not intake.done:
            raise ProviderTrouble("proof")
        return intake.done


def _actor(letter: LeasedLetter) -> Actor:
    """Return the clerk who asked for the letter: its acts are theirs."""
    return Actor(letter.content.by, letter.content.authority)


def _is_last(case: Case, letter: LeasedLetter) -> bool:
    """Return whether the letter is still the summons of its party: another one may have left since."""
    sent = [act.sealed for act in of_kind(case.opened.acts, Summoned) if act.sealed.party == letter.content.party]
    return bool(sent) and sent[-1].reference == letter.identifier
