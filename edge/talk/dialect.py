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
    "warat=waere, warats=waere es, waa=waere, moi=mal, mechat=moechte, mecht=moechte, kunnt=koennte, kannt=koennte, "
    "derf=darf, "
    "deaf=darf, schwaar=schwer, oabeit=arbeit, hackn=arbeit, wuascht=egal, wuaschd=egal, wia=wie, sog=sag, "
    "gsogt=gesagt, scho=schon, "
    "grod=gerade, zwengs=wegen, weng=wenig, dahoam=zuhause, daham=zuhause, summa=sommer, winta=winter, "
    "somstog=samstag, "
    "sonntog=sonntag, montog=montag, freitog=freitag, donnastog=donnerstag, tog=tag, joahr=jahr, johr=jahr, "
    "zeid=zeit, fria=frueh, fruah=frueh, "
    "oiwei=immer, imma=immer, olle=alle, ois=alles, kumm=komme, kumma=kommen, gonga=gegangen, gangen=gegangen, "
    "laf=laufe, bruscht=brust, "
    "zaach=anstrengend, schiach=schlimm, narrisch=sehr, gsund=gesund, kraunk=krank, schwitzn=schwitzen, hitzn=hitze, "
    "wochnend=wochenende, "
    "wochnende=wochenende, minutn=minuten, oanzige=einzige, muass=muss, deafat=duerfte, auffe=hoch, owe=runter, "
    "obn=oben, "
    "untn=unten, vuan=vorne, hintn=hinten, innan=innen, aussn=aussen, kniascheibn=kniescheibe, schinkn=oberschenkel, "
    "zechn=zehen, ferschn=ferse, "
    "wehdoa=weh tun, wehtoa=weh tun, hundsmiad=hundemuede, stinkmiad=hundemuede, gstresst=gestresst, hoakl=heikel, "
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
    "drueue=drei, vieri=vier, gaht=geht, goht=geht, gahts=geht es, gohts=geht es, zuegle=umziehen, "
    "chalt=kalt, raege=regen, muessti=muesste ich, moechti=moechte ich, cheibe=sehr, huere=sehr, "
    "nuem=nicht mehr, nuemm=nicht mehr, nuemme=nicht mehr, gschaffet=gearbeitet, gschaffet=gearbeitet, ferie=urlaub, "
    "zmorge=fruehstueck, "
    "hesch=hast du, hets=hat es, haet=hat, waer=waere, wuer=wuerde, gaern=gern, "
    "mued=muede, noed=nicht, nid=nicht, nuet=nichts, guet=gut, guete=gut, mini=meine, bim=beim, "
    "abelaufe=bergab, abegah=bergab, ufelaufe=bergauf, ufegah=bergauf, zwaeg=wohl, chrank=krank, drue=drei, "
    "foeif=fuenf, saechs=sechs, nuen=neun, letschti=letzte, letscht=letzte, letschte=letzte, "
    "wuche=woche, naecht=naechte, velofahre=radfahren, velofahren=radfahren, velo=fahrrad, chli=wenig, "
    "bitzli=bisschen, bizzeli=bisschen, oeppe=etwa, oeppis=etwas, chan=kann, wott=will, hend=haben, "
    "loufe=laufen, gloffe=gelaufen, umgheit=umgefallen, gheit=gefallen, gfalle=gefallen, waed=wade, "
    "waedli=wade, fuess=fuss, achsle=schulter, aarm=arm, schnuufe=atmen, weeh=weh, abig=abend, morn=morgen, "
    "geschter=gestern, geschtern=gestern, stund=stunde, minuete=minuten"
)
_SWISS_BESIDE = _pairs(
    "i=ich, ha=habe, bi=bin, mis=mein, min=mein, e=eine, en=ein, s=das, sit=seit, uf=auf, us=aus, vo=von, "
    "em=dem, zaeh=zehn, git=gibt, cha=kann, minute=minuten, minutes=minuten"
)
_SCOTS = _pairs(
    "dinnae=dont, cannae=cant, didnae=didnt, wasnae=wasnt, isnae=isnt, willnae=wont, wouldnae=wouldnt, "
    "havenae=havent, "
    "hasnae=hasnt, doesnae=doesnt, couldnae=couldnt, shouldnae=shouldnt, gonnae=going to, gey=very, awfy=very, "
    "awfu=very, oot=out, "
    "aboot=about, doon=down, roon=round, aroon=around, noo=now, hame=home, dae=do, daein=doing, gie=give, gied=gave, "
    "gies=give me, "
    "cauld=cold, auld=old, fae=from, frae=from, tae=to, wi=with, nae=no, mair=more, sair=sore, snaw=snow, "
    "richt=right, "
    "masel=myself, mysel=myself, oan=on, oor=our, hoose=house, efter=after, afore=before, whit=what, wis=was, "
    "hae=have, hud=had, "
    "yin=one, twa=two, fower=four, fash=worry, peching=panting, pechin=panting, knackert=knackered, "
    "wabbit=exhausted, "
    "puggled=exhausted, hirple=limp, hirpling=limping, hirplin=limping, gowpin=throbbing, gowping=throbbing, "
    "braw=great, ken=know, "
    "heid=head, hert=heart, fitba=football, mornin=morning, morra=tomorrow, drookit=soaked, haar=fog, "
    "shoogly=wobbly, wheezin=wheezing, wheesht=shut up, mingin=horrible, glaikit=silly, bairn=child, "
    "bairns=children, weans=children, "
    "wean=child, reet=right, allus=always, mesen=myself, missen=myself, nobbut=only, gradely=good, "
    "nithered=freezing, tha=you, "
    "laikin=playing, baht=without, summat=something, nowt=nothing, owt=anything, thissen=yourself, ower=over, "
    "yon=that"
)
_SCOTS_BESIDE = _pairs("ma=my, ye=you, yer=your, o=of, ah=i, aye=yes")
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
    (_SCOTS, _SCOTS_BESIDE),
    (_TYPED, {}),
)


def plain_words(words: Sequence[str]) -> list[str]:
    """Return the words with those of a dialect put as they are written elsewhere."""
    present = set(words)
    meant: dict[str, tuple[str, ...]] = {}
    for sure, beside in _GROUPS:
        hit = present & sure.keys()
        hit = set() if hit == {"drum"} and "i" in words and {"have", "my", "as", "only", "like"} & present else hit
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
