"""German idioms of daily life: how people say that they slept, are tired, stressed, low, ill, busy or away.

The rule of this file: data alone, as in `german`; umlauts as ae, oe, ue, ss, as the tokens have them.
"""

from __future__ import annotations

WIDE = {
    "sleep:bad": (
        "kein auge zugetan, kein auge zugemacht, kein auge zubekommen, keine auge zugetan, nacht war kurz, nacht war "
        "bescheiden, nacht war mies, nacht war die hoelle, horrornacht, die nacht durchgemacht, nacht zum tag gemacht, "
        "nur gewaelzt, hin und her gewaelzt, im bett gewaelzt, wach gelegen, wachgelegen, dauernd wach, staendig wach, "
        "staendig aufgewacht, immer wieder aufgewacht, alle stunde wach, um 3 wach, um drei wach, um 4 wach, ab 3 wach, "
        "baby hat gezahnt, baby war wach, kind war wach, kinder waren wach, kind hat nicht geschlafen, kleine hat nicht "
        "geschlafen, kleiner hat nicht geschlafen, zahnt, nicht in den schlaf gekommen, nicht eingeschlafen, ewig nicht "
        "eingeschlafen, konnte nicht einschlafen, kann nicht einschlafen, einschlafprobleme, durchschlafprobleme, "
        "schlafmangel, schlaflos, schlaflose nacht, uebernaechtigt, unausgeschlafen, geraedert aufgewacht, unruhige nacht, "
        "unruhig geschlafen, schlafwerte sind schlecht, schlafscore war schlecht, miserabel gepennt, kaum gepennt, "
        "schlecht gepennt, net geschlafen, ned geschlafen, nimmer schlafen koennen"
    ),
    "sleep:good": (
        "geschlafen wie ein stein, geschlafen wie ein baby, wie ein stein geschlafen, wie ein baby geschlafen, wie ein "
        "murmeltier geschlafen, wie ein baer geschlafen, herrlich geschlafen, traumhaft geschlafen, bombe geschlafen, "
        "prima geschlafen, endlich durchgeschlafen, durchgeschlafen, ausgeschlafen, richtig ausgeschlafen, gut gepennt, "
        "bestens geschlafen, fest geschlafen, erholsame nacht, gute nacht gehabt, nacht war gut, nacht war super"
    ),
    "fatigue:": (
        "komplett durch, bin durch, total durch, voll durch, beine sind durch, platt wie, bin platt, total platt, voll "
        "platt, im eimer, bin im eimer, am ende meiner kraft, am ende meiner kraefte, keine kraft, null kraft, ohne kraft, "
        "kraftlos, schlapp, ausgelaugt, ausgepowert, ausgebrannt, fix und fertig, fix und foxi, hundemuede, todmuede, "
        "sterbensmuede, saumuede, muede beine, schwere beine, beine wie blei, beine aus blei, bleibeine, beine sind leer, "
        "leere beine, beine leer, akku leer, akku ist leer, akkus leer, batterie leer, batterie ist leer, tank ist leer, "
        "tank leer, keine energie, null energie, energielos, ohne energie, "
        "hat mich fertig gemacht, haben mich fertig gemacht, hat mich zerstoert, zerstoert von, total zerstoert, "
        "kaputt von, total kaputt, voll kaputt, bin kaputt, k.o., ko gegangen, wie erschlagen, erschlagen, "
        "geraedert, wie geraedert, matschig, matsch in den beinen, beine wie pudding, pudding in den beinen, beine wie "
        "gummi, gummibeine, wackelige beine, mein koerper ist schwach, koerper ist schwach, schwach auf den beinen, "
        "antriebslos, kann die augen kaum offen, koennte nur schlafen, koennte den ganzen tag schlafen, nicht erholt, "
        "noch nicht erholt, schlecht erholt, ueberlastet, uebertrainiert, gar keine kraft, kein saft, kein saft mehr, "
        "keinen saft, hinueber, fertig mit der welt, total fertig, voll fertig, fertig vom, ermattet, abgeschlagen"
    ),
    "fatigue:sore": (
        "kann die arme nicht heben, kann kaum die treppe, komm kaum die treppe, steife beine, beine sind steif, steif wie "
        "ein brett, alles steif, muskeln sind zu, beine sind zu, beine machen zu, muskelkater, muskelkater in beine, "
        "muskelkater in den beinen, mords muskelkater, spatzen, muskelspatzen, ziehen in allen muskeln, alles zwickt, "
        "muskeln brennen, muskeln sind verhaertet, verkatert in den beinen"
    ),
    "stress:": (
        "pruefungsphase, klausurenphase, klausurphase, pruefungsstress, pruefungszeit, lernstress, uni stress, abi, "
        "staatsexamen, masterarbeit, bachelorarbeit, doktorarbeit, abgabe, abgabetermin, deadline, land unter, land unter "
        "auf der arbeit, viel um die ohren, so viel um die ohren, zu viel um die ohren, kopf voll, kopf ist voll, den kopf "
        "voll, null kopf fuer, kopf raucht, kopf qualmt, am limit, am anschlag, nervoes, bin nervoes, nervoeser als, nerven "
        "liegen blank, nerven blank, mit den nerven am ende, mit den nerven runter, am rad drehen, drehe am rad, dreh am "
        "rad, ich dreh durch, drehe durch, druck auf der arbeit, druck im job, druck von oben, chef macht druck, chef nervt, "
        "stress mit, aerger auf der arbeit, aerger im job, aerger mit, zoff mit, streit mit, krach mit, trennung, "
        "scheidung, umzugsstress, hausbau, baustelle zuhause, pflege meiner, pflege meines, beerdigung, todesfall, "
        "mache mir sorgen, geldsorgen, existenzangst, job verloren, gekuendigt, kuendigung, kurz vor dem burnout, "
        "ueberfordert, hektik, hektisch, turbulente woche, "
        "chaos im buero, chaos auf arbeit, viel los im, viel zu tun, unmengen zu tun, ueberstunden, jahresabschluss, "
        "schwerer tag fuer mich, schwere tag fuer mich, angespannt, unter strom"
    ),
    "mood:bad": (
        "mies drauf, schlecht drauf, scheisse drauf, nicht gut drauf, net gut drauf, mau drauf, null bock, kein bock, "
        "keinen bock, gar keinen bock, bock ist weg, keine lust mehr, null lust, null motivation, motivation im keller, "
        "motivation ist im keller, laune im keller, laune ist im keller, stimmung im keller, miese laune, schlechte "
        "laune, grantig, gschtresst, zwider, stinkig, stinksauer, sauer auf, wuetend, genervt, nur genervt, gereizt, "
        "traurig, niedergeschlagen, bedrueckt, deprimiert, depri, down, heulen, am heulen, geheult, geweint, koennte "
        "heulen, zum heulen, hoffnungslos, sinnlos, alles sinnlos, leer im kopf, innerlich leer, einsam, allein gelassen, "
        "liebeskummer, heimweh, trauer, trauere, frustriert, frust, enttaeuscht, entmutigt, unzufrieden, keine freude, "
        "kein spass, macht keinen spass, spass verloren, freude verloren, antrieb fehlt, kein antrieb, kein antrieb mehr, "
        "kann mich nicht aufraffen, nicht aufraffen, schweinehund hat gewonnen, schweinehund gewinnt, winterblues, "
        "herbstblues, stimmungstief, tief im loch, in einem loch, im loch, durchhaenger, mental am ende"
    ),
    "mood:good": (
        "super drauf, gut drauf, bestens drauf, mega drauf, top drauf, richtig bock, voll bock, mega bock, total bock, hab "
        "bock, freu mich, freue mich, freu mich drauf, voller energie, voller tatendrang, voll motiviert, hochmotiviert, "
        "topmotiviert, gluecklich, uebergluecklich, happy, wie neu geboren, wie neugeboren, baeume ausreissen, koennte "
        "baeume ausreissen, koennte die welt umarmen, kanns kaum erwarten, kann es kaum erwarten, auf wolke sieben, auf "
        "wolke 7, gute laune, beste laune, super laune, blendend, fuehle mich blendend, fuehl mich "
        "klasse, pudelwohl, stark wie ein baer, stark wie nie, leichtfuessig, beine fliegen, beine sind frisch, "
        "frische beine, beine wie neu, laeuft bei mir, zufrieden, dankbar, stolz auf mich, entspannt und gut"
    ),
    "illness:": (
        "malaria, borreliose, zecke hat, pfeiffersches, pfeiffersches druesenfieber, windpocken, masern, mumps, keuchhusten, "
        "guertelrose, nierenbeckenentzuendung, blasenentzuendung, harnwegsinfekt, nebenhoehlen, nebenhoehlenentzuendung, "
        "mittelohrentzuendung, mandelentzuendung, bronchitis, lungenentzuendung, herzmuskelentzuendung, zahnentzuendung, "
        "vereiterter zahn, bindehautentzuendung, scharlach, flach gelegen, liege flach, lieg flach, flachgelegt, ans bett "
        "gefesselt, im bett mit, krank im bett, krankgeschrieben, krank geschrieben, krankmeldung, krankenstand, im "
        "krankenstand, nicht fit, angeschlagen, kraenklich, kraenkel, kraenkle, bahnt sich was an, bruete was aus, bruete was "
        "aus, im anflug, erwischt, hat mich erwischt, hats erwischt, infekt, virus eingefangen, seuche, kita virus, "
        "kitavirus, kindergartenvirus, lymphknoten geschwollen, geschwollene lymphknoten, ebola"
    ),
    "illness:stomach": (
        "speiuebel, kotzuebel, haenge ueberm klo, haeng ueberm klo, ueber der schuessel, nichts bei mir behalten, behalte "
        "nichts bei mir, magen spielt verrueckt, magen dreht sich um, magen darm, magen-darm, durchfall, duennpfiff, "
        "duennpfiff, duennschiss, flotter otto, flotten otto, brechdurchfall, gereihert, magenverstimmung, verdorbener magen"
    ),
    "illness:cold": (
        "rotznase, schnupfnase, laufende nase, nase zu, nase ist zu, nase dicht, nase laeuft, verschnupft, vergrippt, "
        "heiser, stimme weg, stimme ist weg, keine stimme, frosch im hals, halskratzen, kratzen im hals, kratzt im hals, "
        "hals kratzt, halsweh, schluckbeschwerden, schlucken tut weh, verschleimt, schleim, huste, am husten, bellender "
        "husten, reizhusten, niesanfall, am niesen, verkuehlt, verkuehlung, strauchn, strauchen, pfnuesel, pfnuesel"
    ),
    "illness:fever": "gluehe, ich gluehe, schuettelfrost, frostschauer, mal heiss mal kalt, temperatur ueber 38, 38 5, 39 5",
    "shift_work:night": (
        "nachtwache, nachtwachen, nachtdienst, nachtdienste, nachtschicht, nachtschichten, nachtschicht gehabt, aus der "
        "nachtschicht, nach der nachtschicht, hab nacht, hab nachts gearbeitet, nachts arbeiten, nachts gearbeitet, die "
        "nacht durchgearbeitet, nachtarbeit, dauernacht, nachtbereitschaft"
    ),
    "shift_work:": "schichtdienst, schichtarbeit, wechselschicht, schichtwechsel, dreischicht, 24 stunden dienst, bereitschaftsdienst, doppelschicht",
    "travel:": (
        "dienstreise, geschaeftsreise, geschaeftlich unterwegs, beruflich unterwegs, auf messe, auf einer messe, auf "
        "montage, auf fortbildung, auf seminar, auf tagung, auf kongress, in urlaub, im urlaub, urlaub in, staedtetrip, "
        "roadtrip, mit dem wohnmobil, mit dem camper, campingurlaub, skiurlaub, huettenurlaub, zu besuch bei, bei den "
        "schwiegereltern, auf heimaturlaub, auf reisen, verreise, verreisen, verreist, ins ausland, im ausland, "
        "fliege nach, fliegen nach, flieg nach, geht s auf n, gehts auf den, reise nach"
    ),
    "override_request:": (
        "safety modus aus, sicherheitsmodus aus, sicherheit aus, sicherung aus, sicherungen weg, lass die sicherungen weg, "
        "lass die sicherheit weg, schalt die sicherheit aus, schalt die warnung aus, schalt die warnungen aus, warnungen "
        "aus, mach die warnungen aus, drueck ein auge zu, drueck heute mal ein auge zu, drueck mal ein auge zu, beide augen "
        "zu, auge zudruecken, mir egal die pause, pause ist mir egal, pause egal, regeln sind mir egal, regeln egal, mir "
        "egal was die regeln, scheiss auf die regeln, scheiss auf die pause, scheiss auf, pfeif auf die, pfeif auf, pfeife "
        "auf, vergiss die regeln, vergiss die pause, vergiss das knie, vergiss die grenze, ohne limit, ohne limits, limit "
        "weg, limit raus, limit aufheben, grenze aufheben, heb die grenze auf, heb das limit auf, sperre aufheben, heb die "
        "sperre auf, entsperr, entsperre, auf eigene gefahr, auf eigenes risiko, auf meine verantwortung, auf eigene "
        "verantwortung, ich uebernehme die verantwortung, ich weiss was ich tue, ich kenn meinen koerper, ich kenne meinen "
        "koerper, tu so als ob ich gesund, tu so als waere, tu so als waer, behandel mich wie, behandle mich wie, ich halt "
        "das aus, halt ich aus, das halte ich aus, ich beiss durch, beiss mich durch, ich beisse mich durch, durch den "
        "schmerz durch, trotz schmerzen laufen, ignorier den schmerz, ignorier das, ignorier die warnung, ignoriere die "
        "warnung, ignorier den arzt, der arzt uebertreibt, arzt uebertreibt, hoer auf zu warnen, nicht so vorsichtig, sei "
        "nicht so streng, stell dich nicht so an, gib ma die harte einheit, gib mir die harte einheit, gib mir trotzdem, "
        "plan mir trotzdem, trotzdem vollgas, keine ausreden"
    ),
    "red_flag:chest_pain": (
        "brennen hinter dem brustbein, druck hinter dem brustbein, enge hinter dem brustbein, schmerz hinter dem brustbein, "
        "druck auf der brust, elefant auf der brust, elefant auf meiner brust, zentner auf der brust, ring um die brust, "
        "wie ein ring um die brust, brust wie zugeschnuert, brust zugeschnuert, enge in der brust, schraubstock um die brust"
    ),
    "red_flag:stroke": (
        "gesicht haengt, mundwinkel haengt, mundwinkel haengen, halbes gesicht taub, halbe gesicht taub, gesichtshaelfte, "
        "verwaschen gesprochen, sprache verwaschen, verwaschene sprache, lallen, gelallt, konnte den arm nicht heben, arm "
        "nicht mehr heben, arm ploetzlich schlaff, ganze linke seite eingeschlafen, ganze rechte seite eingeschlafen, eine "
        "seite taub, eine seite gelaehmt, doppelt gesehen, sehe doppelt, doppelbilder, auf einem auge blind, vernichtungs"
        "kopfschmerz, donnerschlagkopfschmerz, schlimmster kopfschmerz meines lebens"
    ),
    "red_flag:blood": "urin cola braun, urin wie cola, colafarbener urin, cola urin, urin ist cola, pipi wie cola, urin dunkelbraun, urin braun, blut im urin",
}
TABLES = (WIDE,)
