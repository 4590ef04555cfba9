"""German wordings of daily talk, further families: places and pains, life, wishes, and what tells of nothing.

The rule of this file: data alone, as in `german_folk`; families of wordings, never a whole sentence.
"""

from __future__ import annotations

BODY = {
    "AREA:head": "schaedel, birne",
    "AREA:head HURT": (
        "brummt der schaedel, brummt mir der schaedel, schaedel brummt, brummt die birne, brummt mir die birne, "
        "birne brummt, brummt der kopf, brummt mir der kopf, droehnt der schaedel, droehnt mir der schaedel, "
        "schaedel droehnt, droehnt der kopf, droehnt mir der kopf, schaedel pocht, schaedel haemmert"
    ),
    "AREA:other HURT": (
        "wolf gelaufen, wolf geholt, wundgescheuert, wund gescheuert, aufgescheuert, wundgelaufen, wund gelaufen, "
        "scheuerstelle, scheuerstellen"
    ),
    "AREA:ankle HURT": "baenderdehnung, baenderriss, baenderzerrung, baenderanriss",
    "PULLED": (
        "vertreten, operiert, uebertreten, ueberdehnt, verdickt, verabschiedet, beleidigt, angeschlagen, zugemacht, "
        "macht zu, macht dicht, wund, ueberreizt, ueberstrapaziert, gibt beim landen nach, gibt nach, gab nach, "
        "knickt weg, sackt weg"
    ),
    "HURT": ("band gedehnt, aussenband gedehnt, innenband gedehnt, baender gedehnt, baender ueberdehnt, sehne gedehnt"),
    "GONE": "gibt ruhe, gibt endlich ruhe, gibt jetzt ruhe, gibt wieder ruhe, gibt seither ruhe, gibt seitdem ruhe",
    "COUGH": "beim husten, beim abhusten, wenn ich huste, beim husten und niesen, beim niesen und husten",
    "pregnancy:postpartum": (
        "beckenboden schwach, beckenboden noch schwach, beckenboden ist schwach, beckenboden ist noch schwach, "
        "beckenboden ist noch zu schwach, schwacher beckenboden, zur welt gekommen, zur welt gebracht"
    ),
}
LIFE = {
    "sleep:bad": (
        "wache nachts auf, wache nachts oft auf, wache nachts immer auf, wache nachts dauernd auf, wach nachts auf, "
        "wache mitten in der nacht auf, wache jede nacht auf, wache staendig auf, wache dauernd auf, wache oft auf, "
        "wache immer wieder auf, schlafen klappt nicht, schlafen klappt auch nicht, schlafen geht nicht, schlafen "
        "geht auch nicht, schlafen kann ich nicht, schlafen kann ich auch nicht, schlaf ich grottig, schlafe ich "
        "grottig, grottig geschlafen, schlaf ich mies, schlafe ich mies, schlaf ich schlecht, schlafe ich schlecht, "
        "schlafen geht nur noch, schlafen geht nur"
    ),
    "sleep:good": (
        "naechte okay, naechte ok, naechte sind okay, naechte waren okay, naechte gut, naechte waren gut, naechte "
        "sind wieder gut, naechte wieder besser"
    ),
    "mood:bad": (
        "stimmung so lala, stimmung ist so lala, laune so lala, laune ist so lala, laune dementsprechend, stimmung "
        "dementsprechend, jeden anbruellen, alle anbruellen, nur noch bruellen, jeden anschnauzen, alle anschnauzen"
    ),
    "mood:good": (
        "laune hebt sich, laune steigt, laune wird besser, stimmung hebt sich, stimmung steigt, laune hebt sich "
        "langsam, stimmung wird besser, kribbelig vor freude, kribbelig vor vorfreude"
    ),
    "fatigue:": (
        "restmuedigkeit, kein bisschen kraft, keinerlei kraft, null kraft, komplett zerlegt, voellig zerlegt, hat "
        "mich zerlegt, total zerlegt, stecker gezogen, stecker ist gezogen, wackelig auf den beinen, wacklig auf "
        "den beinen, macht mich schlaefrig, werd ich schlaefrig, werde ich schlaefrig, ganz schlaefrig, so "
        "schlaefrig"
    ),
    "stress:": (
        "keine nerven, keine nerven mehr, unter strom, termine dicht, termine dick, termindruck, viel viel arbeit, "
        "arbeit viel viel, viel um die ohren, ausgebrannt im job, im job ausgebrannt, mitten im umzug, "
        "umzugsstress, lehrprobe, lehrproben, druck im projekt, druck im job, druck in der arbeit, druck bei der "
        "arbeit"
    ),
    "illness:cold": (
        "kratziger hals, kratzigen hals, kratziger rachen, rauer hals, rauher hals, leichte erkaeltung, kleine "
        "erkaeltung"
    ),
    "illness:stomach": (
        "magen spinnt, bauch spinnt, darm spinnt, staendig auf dem klo, dauernd auf dem klo, nur auf dem klo"
    ),
    "illness:": "hals ist wieder frei, hals wieder frei, nase ist wieder frei, nase wieder frei",
    "shift_work:": (
        "zwoelf - stunden - dienste, zwoelf - stunden - dienst, 12 - stunden - dienste, 12 - stunden - dienst, "
        "zwoelf - stunden - schichten, 24 - stunden - dienst, 24 - stunden - dienste, zwoelf stunden dienste, "
        "zwoelf stunden dienst"
    ),
    "shift_work:night": (
        "von frueh auf nacht, von spaet auf nacht, von tag auf nacht, nachtwoche, auf nacht gewechselt"
    ),
    "shift_work:early": "von nacht auf frueh, von spaet auf frueh, auf frueh gewechselt",
    "cycle:period": (
        "schmierblutungen, zwischenblutungen, blutung dauert, blutung geht schon, blutung geht seit, blutung haelt an"
    ),
    "red_s:eating_less": (
        "kohlenhydrate gestrichen, kohlenhydrate komplett gestrichen, kohlenhydrate hab ich gestrichen, "
        "kohlenhydrate hab ich komplett gestrichen, kohlenhydrate habe ich gestrichen, brauch kein abendessen, "
        "brauche kein abendessen, brauch kein abendbrot, brauche kein abendbrot, brauch kein essen, brauche kein "
        "essen, esse abends nix, esse abends nichts, ess abends nix, ess abends nichts, esse mittags nix, esse "
        "mittags nichts, ess mittags nix, ess mittags nichts, esse tagsueber nichts, esse tagsueber nix, verdien "
        "ich es nicht, verdiene ich es nicht, abendessen verdienen, essen verdienen, kohlenhydrate weg, abendbrot "
        "weg, abendessen weg"
    ),
    "weight_goal:lose": "kilo zu viel, kilos zu viel, kg zu viel, ab morgen diaet, ab heute diaet, ab montag diaet",
    "OTHER": (
        "alle in der kita, alle in der schule, alle im buero, alle im team, alle auf arbeit, alle kollegen, die "
        "halbe kita, die halbe klasse, die halbe firma, das halbe buero, das halbe team, die halbe schule, alle "
        "ausser mir, alle um mich herum, rundherum alle"
    ),
    "NEUTRAL": (
        "krankheit der kollegen, krankheit der kollegin, krankheit des kollegen, krankheit von kollegen, kranke "
        "kollegen, krankheit im team, rezept fuer, rezepte fuer, im dunkeln liegen, im dunkeln lieg, im dunkeln "
        "liege, im dunklen zimmer, im abgedunkelten, tropfts beim, tropft es beim, troepfelts beim, tropft beim, "
        "denkbar, zwillinge mit windpocken, kinder mit windpocken, kind mit windpocken"
    ),
    "OLD": (
        "als jugendlicher, als jugendliche, als teenager, in meiner jugend, in jungen jahren, als kind, als "
        "student, als studentin, zu schulzeiten, in der schulzeit"
    ),
}
WISH = {
    "W:other WANT": "ich will raus, will raus, moechte raus, will wieder raus, moechte wieder raus, will nur raus",
    "LET RUN": "plan wie er ist, plan so wie er ist, training wie es ist, programm wie es ist, lauf wie er ist",
    "ME": "fuehlt sich, fuehlen sich",
    "W:hills": (
        "was welliges, welliges, wellige runde, wellig, am berg was, was am berg, einen berg, berg suchen, mir "
        "einen berg, bergsprints"
    ),
    "W:trail": "auf den trail, auf die trails, trailrunde",
    "W:long": (
        "lange laeufe machen, lange laeufe, ne lange runde, eine lange runde, lange runde, gern lang, gerne lang"
    ),
    "W:easy": (
        "kurz raus, ganz kurz, bitte kurz, kurz bitte, spazieren, spazieren gehen, spazierengehen, nur walken, gern "
        "walken, walken, gern langsam, woche langsam, lieber langsam, bitte langsam, langsam laufen, kleine runde, "
        "eine kleine runde, ne kleine runde, runde um den see, eine runde um den see, nur gehen"
    ),
    "W:rest": (
        "ruhe bitte, heute ruhe, lieber ruhe, lieber heute ruhe, heute lieber ruhe, lieber einen ruhetag, gar nicht "
        "laufen, lieber nicht laufen"
    ),
    "W:cross": (
        "radtrainer, auf die rolle, crosstrainer, ellipsentrainer, also rad, rad statt, wasserlaufen, aquajogging, "
        "aufs wasser"
    ),
    "W:other": (
        "auf dem laufband, laufband, aufs laufband, aufs band, wieder starten, wieder anfangen mit, wieder anfangen "
        "zu laufen, wieder mit laufen anfangen, wieder einsteigen, wieder loslegen, laufen mit gruppe, mit der "
        "gruppe laufen, mit der laufgruppe, mehr laufen, normal laufen, zur arbeit laufen, heim laufen, heimlaufen"
    ),
    "WANT": (
        "haett lust, haette lust, lust haette ich, ist mir nach, mir ist nach, waeren schoen, waere schoen, wuerd "
        "mir guttun, wuerde mir guttun, waer ich gern, wuerd ich gern, wuerde ich gern, wuerd gern, gern nur, das "
        "nehme ich, das nehm ich, such ich mir, suche ich mir"
    ),
    "BUSYDAY": (
        "gehts ab jetzt nie mehr, geht ab jetzt nicht mehr, kann ich ab jetzt nicht, hab ich ab jetzt immer, habe "
        "ich ab jetzt immer, faellt laufen aus, faellt das laufen aus, laufen faellt aus"
    ),
    "SHORTOFTIME": (
        "keine stunde zusammen, keine halbe stunde zusammen, keine stunde zusammenkriegen, krieg keine stunde hin, "
        "keine stunde frei, keine volle stunde"
    ),
}
TABLES = (BODY, LIFE, WISH)
