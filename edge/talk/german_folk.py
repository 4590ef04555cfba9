"""German everyday wordings in families, taught by sentences of writers who never saw the grammar.

The rule of this file: data alone, as in `german`; families of wordings, never a whole sentence.
"""

from __future__ import annotations

BODY = {
    "AREA:achilles": (
        "achillesferse, fersensehne, sehne hinten am fuss, sehne hinten an der ferse, sehne ueber der ferse, sehne "
        "oberhalb der ferse, ferse hinten, fersen hinten, hintere ferse, hinten an der ferse, sehnenansatz an der ferse"
    ),
    "AREA:foot": "der grosse zeh, der kleine zeh, der grosse zehen, die grosse zehe, die kleine zehe, kleine zehe, "
    "rist, plattfuss, senkfuss, spreizfuss, knickfuss, hohlfuss, fusswurzel, fussinnenseite, fussaussenkante",
    "AREA:hip": "hueftprothese, kuenstliche huefte, neue huefte, hueftgegend",
    "AREA:knee": "knieprothese, kuenstliches knie, neues knie, knieschwimmer",
    "AREA:other": "kiefergelenk, kiefergelenke, gelenke, fingergelenke, daumengelenk, handwurzel",
    "AREA:head HURT": (
        "spannungskopfschmerz, spannungskopfschmerzen, spannungskopfweh, kopfdruck, clusterkopfschmerz, "
        "clusterkopfschmerzen, stirnkopfschmerz, stirnkopfschmerzen"
    ),
    "NOTNEG": (
        "nicht mehr so schlimm, nicht mehr ganz so schlimm, nicht ganz so schlimm, nicht so schlimm wie, nimmer so "
        "schlimm, nicht mehr so arg, nicht mehr ganz so arg, nimmer so arg, nicht mehr so stark, nicht mehr ganz so "
        "stark, nicht mehr so heftig, nicht mehr so doll, nicht mehr so uebel, nicht mehr so wild"
    ),
    "NOTNEG HURT": (
        "nicht mehr so weh, nicht mehr ganz so weh, nicht mehr so sehr weh, nicht mehr so doll weh, nicht mehr so arg "
        "weh, nimmer so weh, nicht mehr so schmerzhaft, nicht mehr so empfindlich, nicht mehr so steif, nicht mehr "
        "ganz so steif, nicht mehr so dick, nicht mehr so geschwollen"
    ),
    "HURT": (
        "aufgeschuerft, abgeschuerft, schuerfwunde, schuerfwunden, drueckts, zwickts, brennts, stichts, zwackts, "
        "nackenverspannung, verspannungen"
    ),
    "PULLED": "blau, blau angelaufen, lila angelaufen",
    "AREA:hamstring": "beinbizeps, bizeps femoris, sitzbein, sitzbeinhoecker",
    "ME": (
        "wuerd sagen, wuerde sagen, wuerd ich sagen, wuerde ich sagen, sag ich mal, sage ich mal, wuerd mal sagen, "
        "schaetze ich, schaetz ich, halt"
    ),
    "FINE": "in butter, im lot, im gruenen bereich, wieder beim alten, wieder der alte, wieder die alte",
    "GONE": (
        "wie weggeblasen, wie weggezaubert, schnee von gestern, nix mehr davon, nichts mehr davon, davon nix mehr, "
        "davon nichts mehr"
    ),
    "NOW": "zur zeit, zurzeit, zur stunde",
    "NEUTRAL": (
        "brauchen wir nicht mehr reden, brauchen wir nicht reden, muessen wir nicht mehr reden, muessen wir nicht "
        "reden, will ich nicht mehr reden, moechte ich nicht mehr reden, nicht mehr drueber reden, nicht mehr "
        "darueber reden, wohl nix sein, wohl nichts sein, wohl nix schlimmes, wohl nichts schlimmes, wohl nix ernstes, "
        "wohl nichts ernstes"
    ),
}
LIFE = {
    "sleep:bad": "nicht mehr eingeschlafen, nimmer eingeschlafen, nicht wieder eingeschlafen, schlaf grottig",
    "illness:covid": (
        "coronatest positiv, coronatest ist positiv, schnelltest positiv, schnelltest ist positiv, selbsttest positiv, "
        "selbsttest ist positiv, coronatest war positiv"
    ),
    "travel:": "im ice, ice nach, mit dem ice, im nachtzug, im intercity",
    "mood:bad": (
        "zu gar nichts lust, auf gar nichts lust, auf nichts lust, zu nix lust, zu gar nix lust, auf nix lust, "
        "ungeniessbar, unausstehlich, kratzbuerstig, muffelig, laune duenn, stimmung entsprechend, "
        "laune entsprechend"
    ),
    "stress:": (
        "mit den nerven durch, mit den nerven fertig, mit den nerven zu fuss, nervlich durch, nervlich am ende, "
        "nervlich fertig, beruflich ruhiger, beruflich entspannter"
    ),
    "fatigue:": (
        "nicht auf touren, nicht in tritt, nicht in die puschen, jeder schritt ist zaeh, jeder schritt zaeh, jeder "
        "schritt ist schwer, jeder schritt ist muehsam, jeder meter ist zaeh"
    ),
    "illness:stomach": (
        "magen verstimmt, magen ist verstimmt, magen verdorben, magen ist verdorben, magen rebelliert, magen streikt"
    ),
    "mood:good": "baerenstark, fuehle mich stark, fuehl mich stark, fuehle mich bombenstark, voller tatkraft",
    "IF NEUTRAL": (
        "haette ich fieber, haette ich schmerzen, haette ich husten, haette ich grippe, haette ich corona, waere ich "
        "krank, waere ich verletzt, waere ich schwanger, waer ich krank, waer ich verletzt"
    ),
    "weather:": "sonne scheint, sonnenschein, sonne lacht, blauer himmel, strahlend blau",
    "SHORTOFTIME": (
        "viel zeit bleibt mir heute nicht, viel zeit bleibt heute nicht, viel zeit bleibt mir nicht, viel zeit bleibt "
        "nicht, viel zeit hab ich heute nicht, viel zeit hab ich nicht, viel zeit habe ich heute nicht, viel zeit habe "
        "ich nicht, bleibt nicht viel zeit, bleibt mir nicht viel zeit, bleibt mir wenig zeit, bleibt wenig zeit, "
        "wenig zeit, zeit ist knapp, zeit ist heute knapp, zeit wird knapp, zeitlich eng, zeitlich "
        "knapp, zeitlich wirds eng"
    ),
}
WISH = {
    "WANT": "her mit, her damit, gebt mir, brauch heute, braeuchte heute, mir reicht, mir reichen, "
    "brauch was, brauche was, brauch etwas, brauche etwas",
    "W:fast WANT": "her mit intervallen, her mit den intervallen, her mit sprints, her mit den sprints",
    "W:race": "marathondistanz, halbmarathondistanz, ultradistanz, volle distanz, halbe distanz, wettkampfdistanz",
    "W:hills": "rampen, bergaufsprints, hoehenmetertraining, anstiegslaeufe, bergintervalle, huegelsprints",
    "W:fast": "bergsprints, schwellenlaeufe, schwellenintervalle, zum auspowern, mich auspowern, auspowern, "
    "richtig auspowern",
    "W:easy": (
        "kurzes, ganz kurzes, was kurzes, kurzer dauerlauf, kurze runde, nicht viel machen, nix grosses, nichts "
        "grosses, kleines programm"
    ),
    "W:cross": "stepper, heimtrainer, spinningrad, wasserjogging, ruderergometer, rudergeraet",
    "W:other": "nuechtern laufen, nuechternlauf, nuechternlaeufe",
}
ASK = {
    "override_request:": (
        "weiss selber was, weiss selbst am besten, weiss selber am besten, nicht staendig reinreden, nicht dauernd "
        "reinreden, nicht immer reinreden, nicht reinreden, red mir nicht rein, rede mir nicht rein"
    ),
    "override_request:warnings": (
        "dauernd gebremst zu werden, staendig gebremst zu werden, immer gebremst zu werden, geschont zu werden, "
        "bevormundet zu werden, bemuttert zu werden, dauernd gewarnt zu werden, staendig gewarnt zu werden, "
        "keine kuerzungen, keine kuerzung, nichts kuerzen, nix kuerzen, kuerz mir nichts, kuerze mir nichts, kuerz "
        "mir nix, nicht kuerzen, ohne kuerzungen, brems mich nicht aus, bremse mich nicht aus, bremst mich nicht aus, "
        "bremst mich nicht immer aus, brems mich nicht immer aus, nicht ausbremsen, mich auszubremsen"
    ),
}
TABLES = (BODY, LIFE, WISH, ASK)
