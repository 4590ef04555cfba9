"""The German words for sleep, tiredness, mood, shifts, illness and weather.

The rule of this file: data alone, as in `german`.
"""

from __future__ import annotations

DAY = {
    "sleep:bad": (
        "schlecht geschlafen, kaum geschlafen, wenig geschlafen, mies geschlafen, beschissen geschlafen, nicht "
        "geschlafen, schlafe schlecht, schlechte nacht, miese nacht, schlechter schlaf, zu wenig "
        "schlaf, wenig schlaf, "
        "kaum schlaf, schlaflos, schlaflose nacht, konnte nicht schlafen, kann nicht schlafen, ganze nacht gewaelzt, "
        "gewaelzt, nacht war schlecht, nacht war kurz, kurze nacht, unruhige nacht, unruhig geschlafen, schlafmangel, "
        "schlafstoerungen, wach gelegen, wachgelegen, nachts wach, keinen schlaf, schlecht pennen, schlecht gepennt, "
        "kaum gepennt, nicht gut geschlafen, schlaf war schlecht, ganze nacht wach, nicht schlafen, schlief schlecht, "
        "nicht einschlafen, zu wenig geschlafen, halbe nacht wach, sehr schlecht geschlafen, schlaf war mies, schlaf "
        "ist schlecht, schlafprobleme, nacht war mies, durchwachte nacht, bescheiden geschlafen, "
        "nicht durchgeschlafen, "
        "grauenhaft geschlafen, furchtbar geschlafen, kein auge zu, kein auge zugetan, kein auge zugemacht, mies "
        "gepennt, nicht viel geschlafen, kein schlaf, schlaf kam zu kurz, schlechten schlaf, scheisse "
        "geschlafen, nicht "
        "gepennt, wenig gepennt, staendig aufgewacht, dauernd aufgewacht, oft aufgewacht, mehrmals "
        "aufgewacht, zu kurz "
        "geschlafen, schrecklich geschlafen, uebernaechtigt, nacht war unruhig, schlechte naechte, "
        "horrornacht, schlafe "
        "kaum, nacht zum tag, unausgeschlafen, schlaf miserabel, miserabel geschlafen, unruhiger schlaf, schlafe ganz "
        "schlecht, schlafe nicht, katastrophale nacht, furchtbare nacht, schlimme nacht, nacht war "
        "furchtbar, nacht war "
        "beschissen, beschissene nacht, nacht war die hoelle, schlaf schlecht, schlaflosigkeit, insomnie"
    ),
    "sleep:good": (
        "gut geschlafen, super geschlafen, wie ein stein, wie ein baby geschlafen, sehr gut geschlafen, guter schlaf, "
        "ausgeschlafen, bestens geschlafen, durchgeschlafen, herrlich geschlafen, toll geschlafen, "
        "wie ein murmeltier, "
        "tief geschlafen, prima geschlafen, schlafe gut, gute nacht, hervorragend geschlafen, gut gepennt, schlaf war "
        "gut, ausreichend geschlafen, genug geschlafen, erholsam geschlafen, ok geschlafen, tief und fest, top "
        "geschlafen, viel geschlafen, genug schlaf, geschlafen wie ein stein, guten schlaf, wunderbar "
        "geschlafen, lange "
        "geschlafen, perfekt geschlafen"
    ),
    "SLEEP": "schlaf, geschlafen, schlafen, gepennt, schlief",
    "fatigue:": (
        "muede, erschoepft, schlapp, kaputt, platt, fix und fertig, k o, ko, ausgelaugt, kraftlos, im eimer, schwere "
        "beine, beine sind schwer, beine wie blei, beine schwer, kaputte beine, muede beine, keine "
        "energie, energielos, "
        "ermuedet, muedigkeit, groggy, geschlaucht, matt, am ende, leer, fertig, hundemuede, todmuede, schlaefrig, "
        "beine muede, ausgebrannt, erschoepfung, keine kraft, abgeschlagen, bleierne beine, uebertrainiert, "
        "ausgepowert, total alle, muede in den beinen, saft raus, schlappheit, antriebslos, saumuede, erledigt, beine "
        "sind muede, lasch, beine sind platt, beine sind wie blei, beine sind leer, kein saft, beine "
        "sind kaputt, beine "
        "aus blei, akku leer, akku ist leer, energie fehlt, schwach, fuehle mich schwach, am limit, burnout, kaum "
        "energie, wenig energie, sehr schwere beine, beine fuehlen sich schwer, dicke beine, zerschlagen"
    ),
    "fatigue:sore": "muskelkater, kater in den beinen, muskelkatar, mukater",
    "stress:": (
        "stress, gestresst, stressig, stressige, abgabetermin*, deadline, deadlines, ueberlastet, viel druck, unter "
        "druck, hektisch, raucht der kopf, raucht mir der kopf, mir raucht der kopf, viel arbeit, viel zu tun, "
        "pruefungen, pruefung, pruefungsstress, ueberarbeitet, klausur*, chef nervt, arbeit ist "
        "verrueckt, land unter, "
        "angespannt, arbeitsstress, viel um die ohren, druck auf der arbeit, druck im job, unter strom, kopf voll, "
        "termindruck, zeitdruck, alles zu viel, stressiger, stressigen, ueberfordert, am anschlag, sorgen, streit, "
        "trubel, termine ohne ende, druck bei der arbeit, stressiges, nervlich, staendig unter, "
        "stresst, stresst mich, "
        "steht mir bis, kopf ist voll, wird mir alles zu viel, haelt mich auf trab"
    ),
    "mood:bad": (
        "schlechte laune, keine motivation, unmotiviert, keine lust, null bock, kein bock, keinen bock, null lust, "
        "niedergeschlagen, traurig, geweint, deprimiert, depressiv, down, schlecht drauf, mies drauf, lustlos, miese "
        "laune, demotiviert, frustriert, gereizt drauf, motivationsloch, mies gelaunt, schlecht gelaunt, aengstlich, "
        "angst, genervt, stimmung ist schlecht, stimmung im keller, nicht motiviert, nicht gut drauf, "
        "laune im keller, "
        "antrieb fehlt, einsam, heulen, motivation fehlt, melancholisch, wuetend, veraergert, deppri, depri, kaum "
        "motivation, motivation im keller, frust, null motivation, hoffnungslos, am boden, am boden zerstoert, "
        "ungluecklich, enttaeuscht, kann mich nicht aufraffen, nicht aufraffen, nicht so lust, fuehl "
        "mich mies, fuehle "
        "mich mies, fuehle mich schlecht, fuehl mich schlecht, stimmung mies, bedrueckt, innere leere, stimmung am "
        "boden, laune ist mies, nicht in stimmung, mies fuehl"
    ),
    "mood:good": (
        "fuehle mich super, fuehle mich gut, fuehl mich gut, fuehl mich super, gute laune, voller energie, motiviert, "
        "gut drauf, super drauf, top motiviert, mir gehts gut, mir geht es gut, geht mir gut, gehts "
        "mir gut, gehts mir "
        "super, fuehle mich fit, fuehl mich fit, bestens gelaunt, freue mich, glaenzend, grossartig, gluecklich, mir "
        "gehts super, fuehle ich mich super, fuehle ich mich gut, fuehle mich toll, fuehle mich grossartig, topfit, "
        "fuehle mich stark, hat spass gemacht, spass gemacht, frisch, bestens drauf, fuehle mich "
        "bestens, super laune, "
        "super stimmung, beine fuehlen sich gut, fuehle mich prima, fuehl mich toll, geht es mir gut, mir geht es "
        "super, beine fuehlen sich super, lust zu laufen, happy, beine sind frisch, fuehle mich sehr gut, fuehle mich "
        "richtig gut, fuehl mich richtig gut, fuehle mich heute gut, fuehle mich heute super, gut "
        "gelaunt, euphorisch, "
        "super gelaunt, fuehle mich wohl, hochmotiviert, energiegeladen, fuehl mich grossartig, fuehle mich wie "
        "neugeboren, wie neugeboren, bombe, mir geht s gut, gehts bestens, gut zufrieden, mega drauf, voll motiviert, "
        "fuehle mich wunderbar, fuehle mich blendend, geht mir super, geht es mir super, geht mir blendend"
    ),
    "WELL": (
        "wohl, fuehle mich nicht gut, fuehl mich nicht gut, fuehle mich heute nicht gut, fuehl mich nicht so gut, "
        "fuehle mich nicht so gut, fuehle mich nicht wohl, fuehl mich nicht wohl, auf dem damm, geht mir nicht gut, "
        "geht es mir nicht gut, gehts mir nicht gut, geht mir nicht so gut, gehts mir nicht so gut"
    ),
    "shift_work:night": (
        "nachtschicht, nachtschichten, nachtdienst, nachtdienste, nachtdiensten, arbeite nachts, nachtarbeit, "
        "nachtdienstwoche, die nacht gearbeitet, nachts arbeiten, nachts gearbeitet, nachtwache, arbeite nacht*, "
        "nachts im dienst, nachtschichtwoche, arbeite bis freitag nachts, ganze nacht gearbeitet"
    ),
    "shift_work:late": "spaetschicht, spaetschichten, spaetdienst, spaetdienste, mittagsschicht",
    "shift_work:early": "fruehschicht, fruehschichten, fruehdienst, fruehdienste",
    "shift_work:": (
        "schichtarbeit, schichtdienst, wechselschicht, doppelschicht, schicht, schichten, bereitschaft, "
        "bereitschaftsdienst, schichtwechsel, 24 stunden dienst, rufbereitschaft, 12 stunden schicht"
    ),
    "illness:fever": (
        "fieber, fiebrig, schuettelfrost, temperatur von, erhoehte temperatur, hohe temperatur, hab temperatur, "
        "fiebere, temp, fiebert, temperatur erhoeht"
    ),
    "illness:cold": (
        "erkaeltet, erkaeltung, schnupfen, halsschmerzen, halsweh, hals schmerzt, hals tut weh, hals kratzt, "
        "halskratzen, nase laeuft, verschnupft, husten, huste, verkuehlt, schniefe, nase zu, nase ist "
        "zu, erkaeltungs*, "
        "verstopfte nase, kratzen im hals, halsschmerz, rotz*, nebenhoehlen zu, verschleimt, kratzt "
        "im hals, kratzt der "
        "hals, heiser, reizhusten, schnupfnase, mandelentzuendung, laufende nase, niesen, niese, "
        "verkuehlung, hals ist "
        "rau, laeuft die nase, maennergrippe, schlucken tut weh, schluckbeschwerden"
    ),
    "illness:flu": "grippe, gliederschmerzen, grippalen infekt, influenza, grippal*",
    "illness:stomach": (
        "magen darm, magendarm, magen darm grippe, magen darm infekt, durchfall, erbrochen, gekotzt, kotzen, "
        "uebergeben, uebel, uebelkeit, lebensmittelvergiftung, erbrechen, brechdurchfall, spucken muessen, "
        "magenverstimmung, magen verdorben, norovirus, schlecht im magen, kotzuebel, speiuebel, magengrippe, mir ist "
        "schlecht, gereihert, flitzekacke, duennpfiff, duennschiss"
    ),
    "illness:covid": "corona, covid, long covid, coronavirus, corona positiv",
    "illness:": (
        "krank, angeschlagen, unwohl, nebenhoehlenentzuendung, bronchitis, lungenentzuendung, infekt, virus, "
        "kraenklich, blasenentzuendung, mittelohrentzuendung, infektion, krankgeschrieben, pfeiffersches, allergie, "
        "heuschnupfen, asthma, ausbrueten, bruete was aus, brueten was, bruete etwas aus, "
        "guertelrose, harnwegsinfekt, "
        "virusinfekt, zahnentzuendung, kranke, flach gelegen, liege flach, erwischt, entzuendung im "
        "koerper, nicht fit, "
        "krankheit, mich hats, brueten etwas"
    ),
    "VOMIT": "erbrechen, erbrochen, uebelkeit, uebel, kotzen, gekotzt, uebergeben",
    "weather:hot": (
        "hitze, heiss, affenhitze, hitzewelle, bullenhitze, sehr heiss, zu heiss, bruetend, brueteheiss, knallheiss, "
        "affenheiss, brutal heiss, heiss draussen, hitzetag, backofen, tropisch, sauheiss, gluehende "
        "hitze, hitzefrei, "
        "gluehend heiss, sommerhitze, brennende sonne, brutal heiss draussen, wahnsinnig heiss"
    ),
    "weather:cold": (
        "kalt, saukalt, eiskalt, frost, frostig, minusgrade, bitterkalt, arschkalt, klirrend*, eisige kaelte, kaelte, "
        "schweinekalt, frostige, minusgraden, eisekaelte, frisch draussen, friere, es friert, unter null"
    ),
    "weather:ice": (
        "glatteis, vereist, vereiste, eis, glatt, spiegelglatt, eisglatt, rutschig, blitzeis, eisig, ueberfrierend*, "
        "glaette, gefroren, reifglaette, eisflaechen, eisplatten, rutschige, zugefroren"
    ),
    "weather:rain": (
        "regen, regnet, es schuettet, schuettet, regnerisch, starkregen, nieselt, niesel*, giesst, schauer, "
        "wolkenbruch, es giesst, pisst, nass draussen, dauerregen, regnen, hochwasser, ueberschwemmt, verregnet, "
        "kuebeln, kuebelt, schuettet es, bindfaeden, platzregen, regenwetter, geregnet, plaestert"
    ),
    "weather:wind": (
        "wind, windig, sturmboeen, gegenwind, boeen, boeig, stuermisch, starker wind, starken wind, windboeen, "
        "starkwind, bisschen windig"
    ),
    "weather:storm": (
        "gewitter, unwetter, sturm, blitz, blitze, orkan, blitz und donner, unwetterwarnung, gewittert, sturmwarnung, "
        "gewitterwarnung, hagel, hagelt"
    ),
    "weather:snow": (
        "schnee, schneit, schneesturm, verschneit, schneefall, schneematsch, neuschnee, geschneit, tiefschnee, "
        "schneebedeckt"
    ),
    "weather:humid": (
        "schwuel, luftfeuchtigkeit, schwuele, feucht, drueckend, hohe luftfeuchtigkeit, drueckend schwuel, feuchte"
    ),
    "weather:dry": (
        "trockene hitze, trockene luft, luft ist trocken, trocken heiss, niedrige luftfeuchtigkeit, geringe "
        "luftfeuchtigkeit, luftfeuchtigkeit ist niedrig, luftfeuchtigkeit ist gering"
    ),
    "weather:air": (
        "smog, schlechte luft, luftqualitaet, rauch, feinstaub, pollen, pollenflug, luft ist "
        "schlecht, ozon, ozonwerte, "
        "waldbrand*, abgase, verraucht, ozonalarm"
    ),
    "weather:dark": "dunkel, dunkelheit, stockdunkel, stockfinster, finster",
    "weather:fog": "nebel, neblig, nebelig",
}
TABLES = (DAY,)
