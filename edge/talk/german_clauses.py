"""German everyday clauses: short ways to say one thing, collected from people who never saw the grammar.

The rule of this file: data alone, as in `german`; families of wordings, never a whole sentence.
"""

from __future__ import annotations

ASK = {
    "ASKED": (
        "ist es schlimm wenn, ist es normal wenn, ist das schlimm wenn, ist das normal wenn, ist es "
        "gefaehrlich wenn, ist es bedenklich wenn, ist es ok wenn man, ist es okay wenn man, schlimm wenn "
        "man, normal wenn man"
    ),
    "NEUTRAL": (
        "herz schlaegt fuers, herz schlaegt ganz fuer, atemlose aussicht, verwirrt vom plan, sind selbstmord, "
        "ist selbstmord, waere selbstmord, reiner selbstmord"
    ),
    "AREA:foot HURT": "blutige blase, blutige blasen, blutblase, blutblasen, blutige ferse, blutige zehen",
    "W:strength": "studio, im studio, liegestuetz, liegestuetze, liegestuetzen, klimmzuege, klimmzuegen, kraftraum",
    "HEART": "herzen",
    "VOMIT": "kotze, kotz, wuerge, wuergen, brech, breche",
    "ALTITUDE": "auf dem berg, am berg oben, hochtour",
    "STAGGER": "nicht mehr gerade laufen, nicht mehr geradeaus, nicht gerade laufen, nicht mehr gerade gehen, torkel",
    "OUTOFBREATH": "japse, japsen, hechle, keuchend",
}
WISH = {
    "W:easy": (
        "lieber kurz, kurz machen, kurz halten, eher kurz, heute kurz, kurz bleiben, kurz heute, leichteres, "
        "traben, nix wildes, nichts wildes, nichts hartes, nix hartes, spaziergang, easy, kleine runde, kurze "
        "runde, nach gefuehl, langsames, ruhiges, bisschen traben, runde um den block, recovery, auslaufen, "
        "lockeres joggen, kurze einheit"
    ),
    "W:fast": (
        "knackiges, flottes, spritziges, fartlek, was hartes, schnelles, richtig schnell, volle pulle, tempoeinheiten"
    ),
    "W:long": "langen kanten, langer kanten, richtig langen, langes, was langes, laenger unterwegs",
    "W:hills": (
        "treppen laufen, treppenlauf, treppenlaeufe, steigung, steigungen, hoehenmetern, huegelig, steile, bergig"
    ),
    "W:flat": "flaches, flache runde, am fluss, ohne hoehenmeter, ohne steigung, ohne anstieg",
    "W:rest": (
        "freien tag, freier tag, fuesse hochlegen, beine hochlegen, pausieren, frei machen, couchtag, "
        "faulenzen, einen tag pause, mal pause, ruhetag, nichts tun"
    ),
    "W:other": (
        "am see, rasen, asphalt, in der mittagspause laufen, mit freunden laufen, barfuss, strand, wiese, halle"
    ),
    "W:trail": "in den wald, im wald, feldwege, waldboden",
    "WANT": (
        "waere schoen, waer schoen, waere nett, waeren nett, waere cool, waer cool, waere praktisch, waer "
        "praktisch, waer mal was, waere mal was, waere mein plan, waere mir lieber, waer mir lieber, mir ist "
        "nach, mir waere nach, goenn mir, goenne mir, geht auch, ginge auch, geht heute auch, waere das okay, "
        "darf es sein, darfs sein, reizen, hab lust, haette bock, hab bock, kann ich statt"
    ),
    "BUSY": (
        "wirds nix, wirds nichts, wird nix, wird nichts, wird das nix, wird das nichts, heute nix, wird eng heute"
    ),
}
FIGURES = {
    "IF": "koennte ja sein, koennte sein dass, kann ja sein dass",
    "NEUTRAL": (
        "macht mir kopfschmerzen, bereitet mir kopfschmerzen, lach mich kaputt, lache mich kaputt, lach mich "
        "schlapp, lach mich tot, war zum kotzen, ist zum kotzen, zum kotzen, bein ausgerissen, bein "
        "ausreissen, auf die nieren, schlag ins knie, preis tut weh, preise tun weh, preis tut echt weh, tut "
        "dem geldbeutel weh"
    ),
    "OTHER": (
        "handyakku, drucker, laptop, die app ist, der preis, der film, das spiel, mein trainer hat ruecken, "
        "halbe schule, halbe klasse, halbe firma, das halbe buero, halbe mannschaft, finanzamt, politiker"
    ),
}
DAY = {
    "sleep:bad": (
        "nacht im eimer, nacht im arsch, auge zugetan, kaum ein auge zugetan, hatte eine scheissnacht, nacht versaut"
    ),
    "sleep:good": "wie ein baby geschlummert, wie ein baby gepennt, wie ein stein gepennt, geschlafen wie ein baer",
    "stress:": "angst um meinen job, angst um den job, angst um meine stelle, jobangst, um meinen job",
    "mood:bad": "mir alles egal, gerade alles egal, alles gerade egal",
    "NOTNEG": "wie lange nicht, wie lange nicht mehr, wie schon lange nicht",
    "fatigue:": "auf dem zahnfleisch, auf der felge, auf reserve, in den seilen, koerperlich erledigt",
    "medication:": "gegen meine migraene",
}
TABLES = (ASK, WISH, FIGURES, DAY)
