"""Spoken spelling made plain: Austrian, Swiss and Bavarian words, and the short forms of typed English.

The rule of this file: a word of a dialect means one thing wherever it stands; the words of its `_BESIDE` table are
read in its way only beside a sure one of the same dialect, for alone they mean something else.
"""

from __future__ import annotations

from collections.abc import Sequence


def _pairs(text: str) -> dict[str, tuple[str, ...]]:
    """Return {word: words} of a text of "word=words" joined by commas."""
    pairs = (one.partition("=") for one in text.split(","))
    return {word.strip(): tuple(meant.split()) for word, _, meant in pairs}


_AUSTRIAN = _pairs(
    "hob=habe, hobs=habe es, host=hast, hots=hat es, hods=hat es, hoibe=halbe, hoiwe=halbe, hoibn=halben, "
    "stundn=stunden, knia=knie, knias=knies, tuat=tut, duat=tut, tuan=tun, heit=heute, heid=heute, hoit=halt, "
    "guad=gut, guat=gut, wieda=wieder, mei=mein, koa=kein, koan=keinen, koane=keine, oba=aber, owa=aber, "
    "schee=schoen, gschlofn=geschlafen, gschlafn=geschlafen, schlofn=schlafen, fuass=fuss, fiass=fuesse, "
    "fuassa=fuesse, wadl=wade, wadln=waden, wadn=wade, haxn=beine, haxen=beine, kreiz=kreuz, buckl=ruecken, "
    "schuita=schulter, schuida=schulter, oarm=arm, augn=augen, aug=auge, obigehn=bergab, obigeh=bergab, "
    "owegehn=bergab, obilaufn=bergab, obe=runter, obi=runter, aufi=hoch, auffi=hoch, aufigehn=bergauf, "
    "muass=muss, miassn=muessen, wordn=worden, woan=worden, gwesn=gewesen, gwen=gewesen, gwest=gewesen, "
    "ghabt=gehabt, zuagmacht=zugemacht, zugmacht=zugemacht, zuadruckt=zugemacht, zammbrochn=zusammengebrochen, "
    "zsammbrochn=zusammengebrochen, zammgfalln=zusammengebrochen, zammklappt=zusammengeklappt, "
    "umgfalln=umgefallen, umgfoin=umgefallen, umkippt=umgekippt, umgfallen=umgefallen, gfalln=gefallen, "
    "gfoin=gefallen, schwindli=schwindlig, druckt=drueckt, gstochn=stechen, stechn=stechen, ziagt=zieht, "
    "ziagn=ziehen, gschwolln=geschwollen, gschwoin=geschwollen, schnaufn=schnaufen, miad=muede, miade=muede, "
    "kronk=krank, graunk=krank, verkuit=erkaeltet, verkuet=erkaeltet, regn=regen, schneibt=schneit, "
    "eiskoit=eiskalt, koit=kalt, hoass=heiss, gemma=gehen wir, fahrn=fahren, foan=fahren, laffn=laufen, "
    "lafn=laufen, renna=rennen, moang=morgen, moagn=morgen, gestan=gestern, nocht=nacht, "
    "nochtdienst=nachtdienst, woch=woche, wochn=wochen, vui=viel, zvui=zu viel, zwoa=zwei, koanst=kannst, "
    "kaunn=kann, konn=kann, wui=will, mog=mag, drum=darum, hea=her, nimma=nimmer, gscheid=richtig, "
    "gscheit=richtig, umbracht=umgebracht, leiwand=gut, gfreit=freut, schmerzn=schmerzen, "
    "brustkastn=brustkasten, wehtan=wehgetan, wehtuat=wehtut, oberschenkln=oberschenkel, spuen=spielen, "
    "woa=war, wors=war es, wos=was, nochn=nach dem, aufm=auf dem, afn=auf den"
)
_AUSTRIAN_BESIDE = _pairs(
    "i=ich, ned=nicht, net=nicht, mi=mich, ma=mir, mia=mir, da=der, de=die, des=das, is=ist, hot=hat, a=ein, "
    "an=einen, ur=sehr, hin=kaputt, stund=stunde, ka=kein, dei=dein, hats=hat es, wars=war es, oda=oder, "
    "kan=keinen"
)
_SWISS = _pairs(
    "han=habe, hani=habe ich, isch=ist, gsi=gewesen, gsii=gewesen, gha=gehabt, huet=heute, huetmorge=heute "
    "morgen, gschlafe=geschlafen, gschlofe=geschlafen, pfuuset=geschlafen, nume=nur, numme=nur, ziit=zeit, "
    "zyt=zeit, chnue=knie, chnoi=knie, chneu=knie, ruegge=ruecken, ruecke=ruecken, rueggeweh=rueckenschmerzen, "
    "rueggewehtag=rueckenschmerzen, chopf=kopf, chopfweh=kopfschmerzen, buuch=bauch, buuchweh=bauchschmerzen, "
    "pfnuesel=schnupfen, hueschte=husten, huschte=husten, halswee=halsschmerzen, hundemued=hundemuede, "
    "mued=muede, noed=nicht, nid=nicht, nuet=nichts, guet=gut, guete=gut, mini=meine, bim=beim, "
    "abelaufe=bergab, abegah=bergab, ufelaufe=bergauf, ufegah=bergauf, zwaeg=wohl, chrank=krank, drue=drei, "
    "foeif=fuenf, saechs=sechs, nuen=neun, zaeh=zehn, letschti=letzte, letscht=letzte, letschte=letzte, "
    "wuche=woche, naecht=naechte, velofahre=radfahren, velofahren=radfahren, velo=fahrrad, chli=wenig, "
    "bitzli=bisschen, bizzeli=bisschen, oeppe=etwa, oeppis=etwas, chan=kann, wott=will, hend=haben, "
    "loufe=laufen, gloffe=gelaufen, umgheit=umgefallen, gheit=gefallen, gfalle=gefallen, waed=wade, "
    "waedli=wade, fuess=fuss, achsle=schulter, aarm=arm, schnuufe=atmen, weeh=weh, abig=abend, morn=morgen, "
    "geschter=gestern, geschtern=gestern, stund=stunde, minuete=minuten"
)
_SWISS_BESIDE = _pairs(
    "i=ich, ha=habe, bi=bin, mis=mein, min=mein, e=eine, en=ein, s=das, sit=seit, uf=auf, us=aus, vo=von, "
    "em=dem, git=gibt, cha=kann, minute=minuten, minutes=minuten"
)
_TYPED = _pairs(
    "idc=i dont care, idk=i dont know, abt=about, jus=just, tmrw=tomorrow, tmw=tomorrow, 2moro=tomorrow, "
    "tho=though, rlly=really, rly=really, prolly=probably, smth=something, sth=something, cus=because, "
    "bcs=because, bcuz=because, bc=because, nite=night, tonite=tonight, thx=thanks, plz=please, ngl=honestly, "
    "tbh=honestly, gotta=have to, lemme=let me, gimme=give me, af=very, dunno=dont know, outta=out of, "
    "tryna=trying to, finna=going to, imma=im going to, wat=what, dat=that, thru=through, wud=would, "
    "cud=could, shud=should, gd=good, weds=wednesday, summat=something, nowt=nothing, owt=anything, "
    "meself=myself, havnt=havent, doesn=doesnt, didn=didnt, isn=isnt, wasn=wasnt, couldn=couldnt, "
    "wouldn=wouldnt, aren=arent, hasn=hasnt, havin=having, feelin=feeling, runnin=running, achin=aching, "
    "killin=killing, playin=playing, sleepin=sleeping, goin=going, actin=acting, burnin=burning, "
    "throbbin=throbbing, botherin=bothering"
)
_Words = dict[str, tuple[str, ...]]
_GROUPS: tuple[tuple[_Words, _Words], ...] = (
    (_AUSTRIAN, _AUSTRIAN_BESIDE),
    (_SWISS, _SWISS_BESIDE),
    (_TYPED, {}),
)


def plain_words(words: Sequence[str]) -> list[str]:
    """Return the words with those of a dialect put as they are written elsewhere."""
    present = set(words)
    meant: dict[str, tuple[str, ...]] = {}
    for sure, beside in _GROUPS:
        hit = present & sure.keys()
        if hit:
            meant |= {word: sure[word] for word in hit}
            meant |= {word: beside[word] for word in present & beside.keys() if word not in meant}
    found: list[str] = []
    for position, word in enumerate(words):
        if word == "r" and position and words[position - 1] in {"legs", "cramps", "calves", "quads", "they", "we"}:
            found.append("are")
        else:
            found += meant.get(word, (word,))
    return found
