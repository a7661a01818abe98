"""Sentences that customers and colleagues might write, put together from parts."""

from __future__ import annotations

import numpy as np

from . import names
from .chance import Array, pick

OPENERS = {
    "en": ("Hi team,", "Hello,", "Good morning,", "Hi there,", "Dear support,", "Hey,"),
    "de": ("Hallo zusammen,", "Guten Morgen,", "Liebes Team,"),
    "nl": ("Beste mensen,", "Goedemorgen,", "Hallo,"),
    "fr": ("Bonjour,", "Bonjour à tous,", "Chère équipe,"),
    "es": ("Hola,", "Buenos días,", "Estimado equipo,"),
}
CLOSERS = {
    "en": ("Thanks!", "Best regards", "Kind regards", "Cheers", "Thank you in advance"),
    "de": ("Viele Grüße", "Danke im Voraus", "Beste Grüße"),
    "nl": ("Groeten", "Alvast bedankt", "Met vriendelijke groet"),
    "fr": ("Cordialement", "Merci d'avance", "Bien à vous"),
    "es": ("Saludos", "Muchas gracias", "Un saludo"),
}
QUESTIONS = {
    "en": (
        "How do I move {n} candidates to another stage at once?",
        "Where can I change the text of the rejection mail?",
        "Is there a way to share the shortlist with a hiring manager who has no login?",
        "The calendar shows interviews one hour early for our {place} office, what did we set wrong?",
        "We would like a second career page for our {place} site. Which step comes first?",
        "Could you explain how the source report counts referrals?",
        "Can scorecards be made mandatory before an offer?",
        "Please add {n} recruiters to our workspace; they start on Monday.",
        "Does the import keep notes from our old spreadsheet?",
        "The filter by salary band finds {n} people fewer than I expected.",
    ),
    "de": (
        "Wie kann ich {n} Bewerbungen auf einmal verschieben?",
        "Wo ändern wir den Text der Absage?",
        "Der Kalender zeigt Gespräche in {place} eine Stunde zu früh an, woran liegt das?",
        "Lassen sich Bewertungsbögen vor dem Angebot verpflichtend machen?",
    ),
    "nl": ("Hoe verplaats ik {n} kandidaten tegelijk?", "Waar passen we de afwijzingsmail aan?"),
    "fr": ("Comment déplacer {n} candidatures en une fois ?", "Où modifier le texte du refus pour {place} ?"),
    "es": ("¿Cómo movemos {n} candidaturas a la vez?", "¿Dónde se cambia el texto de rechazo para {place}?"),
}
COMPLAINTS = {
    "en": (
        "The search has been painfully slow all week and my team is losing patience.",
        "This is the {n}th time the offer letter came out with the wrong name. Embarrassing in front of candidates.",
        "We still have no answer on the interview sync that broke in {month}. Very disappointing.",
        "Candidates tell us that the application form crashes on their phones. We are losing people because of this.",
        "The reports do not match our own numbers and nobody can tell us why. I cannot use them.",
        "The last release made the inbox worse, and {n} of my recruiters went back to spreadsheets.",
        "I am frustrated: every fix breaks something else, and we have waited {n} days for a reply.",
    ),
    "de": (
        "Die Suche ist seit Tagen unerträglich langsam, mein Team verliert die Geduld.",
        "Zum {n}. Mal stimmt der Name im Angebot nicht. Das ist peinlich gegenüber den Bewerbern.",
    ),
    "nl": ("De zoekfunctie is al dagen traag en mijn team is er klaar mee.",),
    "fr": ("La recherche est très lente depuis {n} jours, l'équipe perd patience.",),
    "es": ("La búsqueda va lentísima desde hace {n} días y el equipo está perdiendo la paciencia.",),
}
PRAISE = (
    "The new inbox saves us hours, thank you.",
    "Great help yesterday, the rule works exactly as we hoped.",
    "Our hiring managers love the scorecards.",
    "Time to hire in {place} went down by {n} days. Very happy with that.",
    "Setup was quick and the training was excellent.",
)
MAILS = (
    ("Agenda for our next call", "I suggest for our next call: open roles, scorecards, and the {place} site."),
    ("Your hiring plan", "You planned {n} hires until {month}. Shall we look at what is still missing for that?"),
    ("New report builder", "The new report builder is live for you. Would half an hour suit you to go through it?"),
    ("Time to hire", "Time to hire in {place} went down by {n} days. Does that match what you see?"),
    ("Training for new managers", "We hold a training for new hiring managers in {month}. Whom may I invite?"),
    ("Following up", "Following up on our last conversation: did the steps we agreed on work for the team?"),
    ("A question about referrals", "Referrals brought {n} applications last month. Shall I show you how others do it?"),
)
REPLIES = (
    "That works for us. Please send an invitation for {month}.",
    "Thank you, the figures match ours. Let us talk about {place} in the next call.",
    "Good idea, I will ask two colleagues from {place} to join.",
    "We hired {n} people so far and are on plan. More when we speak.",
    "Could you also show us how to share the report with our managers?",
    "Yes, the steps worked well. The next ones would be interesting too.",
)
FLAT = (
    "Ok, thanks.",
    "Fine.",
    "Noted.",
    "All good, no need to look further.",
    "Thanks, that will do.",
    "We are fine for now.",
)
OUTAGE = (
    "We cannot log in since this morning. Is something down?",
    "The page stays blank for everyone in {place}.",
    "Error 503 for the whole team, please confirm that you are on it.",
)
MENTIONS = {
    "competitor": (
        "Some colleagues are looking at {rival} for next year.",
        "We had a demo of {rival} last week, mostly to compare prices.",
        "How do you differ from {rival}? My director keeps asking.",
    ),
    "budget": (
        "Finance has started to review every tool budget for next year.",
        "We have to cut our software budget by {n} percent.",
        "There is no budget owner for this tool at the moment.",
    ),
    "contract": ("Which notice period does our contract have?", "Could you send me the contract and its end date?"),
    "downgrade": (
        "We may need fewer seats next term, perhaps {n} less.",
        "Is there a smaller plan that would still cover interviews?",
    ),
    "cancellation": (
        "What would we have to do if we decided not to renew?",
        "Please tell me how to cancel and take our data with us.",
    ),
    "evaluation": (
        "Procurement will run a tender for recruiting software in {month}.",
        "We are putting together an RFP and you will be invited.",
    ),
    "feature gap": (
        "Without a proper agency portal in {place} we cannot roll this out further.",
        "We are still missing approvals by text message.",
    ),
    "reorganisation": (
        "Our recruiting team is being split between two divisions.",
        "After the reorganisation HR reports to operations.",
    ),
    "champion leaving": (
        "I am handing over my tasks, {month} is my last month here.",
        "As of {month} a colleague will take over from me.",
    ),
}
DENIALS = (
    "We are not looking at {rival} or anyone else, just so you know.",
    "No plans to cancel, I only need the contract for our files.",
    "The budget for next year is approved, nothing to worry about.",
    "If we ever changed tools we would tell you first.",
)
NOTES = {
    "calm": (
        "Went through open roles and hiring plan, next check in four weeks.",
        "Good mood, they plan {n} hires in {place}.",
        "Short call about seat numbers, nothing urgent.",
        "Showed the new report builder; they want to try it in {month}.",
        "Talked about scorecards and training for new managers.",
        "Reviewed the quarter: {n} hires, process runs smoothly.",
    ),
    "decline": (
        "They run part of the roles in another tool now, asked why, no clear answer.",
        "Fewer roles in our system than on their own website. Worth a closer look.",
    ),
    "flat": (
        "Short call. Everything fine, they said. No questions from their side.",
        "Polite, brief, no topics. Ended after {n} minutes.",
    ),
    "money": (
        "Price came up again, they asked what the uplift is for.",
        "Procurement joined and asked for a {n} percent discount.",
    ),
    "absent": (
        "Sponsor did not join again. Nobody could say who approves the renewal.",
        "Asked for the executive review, was told there is no one in that role.",
    ),
    "recovered": (
        "Things look better since the training, team in {place} is back.",
        "They thanked us for the weekly sessions.",
    ),
}
MONTHS = ("January", "March", "May", "June", "September", "October", "November")
PLACES = ("Leeds", "Porto", "Graz", "Utrecht", "Lyon", "Malmö", "Austin", "Toronto", "Pune", "Bilbao", "Kassel")


def fill(rng: np.random.Generator, texts: Array) -> list[str]:
    """Fill numbers, months, places and rivals into templates."""
    size = len(texts)
    numbers = rng.integers(3, 40, size)
    months, places, rivals = pick(rng, MONTHS, size), pick(rng, PLACES, size), pick(rng, names.COMPETITORS, size)
    return [
        t.format(n=n, month=m, place=p, rival=r) if "{" in t else t
        for t, n, m, p, r in zip(texts, numbers, months, places, rivals, strict=True)
    ]


def choose(rng: np.random.Generator, languages: Array, texts: dict[str, tuple[str, ...]]) -> Array:
    """A text for each language; English where a language has none."""
    result = np.empty(len(languages), dtype=object)
    for language in np.unique(languages.astype(str)):
        here = languages == language
        result[here] = pick(rng, texts.get(language, texts["en"]), int(here.sum()))
    return result


def letter(rng: np.random.Generator, languages: Array, body: Array) -> list[str]:
    """An opener, the body and a closer, on lines of their own."""
    opened, closed = choose(rng, languages, OPENERS), choose(rng, languages, CLOSERS)
    return [f"{o}\n\n{b}\n\n{c}" for o, b, c in zip(opened, fill(rng, body), closed, strict=True)]
