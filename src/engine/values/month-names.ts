/** Names of the months by language (those of CLDR 48, in the forms in which they stand alone and in a date), folded. */
const NAMES = `
en: january jan | february feb | march mar | april apr | may | june jun | july jul | august aug | september sep | october oct | november
  nov | december dec
de: januar jan janner jaenner | februar feb feber | marz mar maerz | april apr | mai | juni jun | juli jul | august aug | september sep sept | oktober okt |
  november nov | dezember dez
fr: janvier janv | fevrier fevr | mars | avril avr | mai | juin | juillet juil | aout | septembre sept | octobre oct | novembre nov |
  decembre dec
it: gennaio gen | febbraio feb | marzo mar | aprile apr | maggio mag | giugno giu | luglio lug | agosto ago | settembre set | ottobre
  ott | novembre nov | dicembre dic
es: enero ene | febrero feb | marzo mar | abril abr | mayo may | junio jun | julio jul | agosto ago | septiembre sept | octubre oct |
  noviembre nov | diciembre dic
pt: janeiro jan | fevereiro fev | marco mar | abril abr | maio mai | junho jun | julho jul | agosto ago | setembro set | outubro out |
  novembro nov | dezembro dez
nl: januari jan | februari feb | maart mrt | april apr | mei | juni jun | juli jul | augustus aug | september sep | oktober okt |
  november nov | december dec
sv: januari jan | februari feb | mars | april apr | maj | juni | juli | augusti aug | september sep | oktober okt | november nov |
  december dec
da: januar jan | februar feb | marts mar | april apr | maj | juni jun | juli jul | august aug | september sep | oktober okt | november
  nov | december dec
nb: januar jan | februar feb | mars mar | april apr | mai | juni jun | juli jul | august aug | september sep | oktober okt | november
  nov | desember des
fi: tammikuu tammi tammikuuta | helmikuu helmi helmikuuta | maaliskuu maalis maaliskuuta | huhtikuu huhti huhtikuuta | toukokuu touko
  toukokuuta | kesakuu kesa kesakuuta | heinakuu heina heinakuuta | elokuu elo elokuuta | syyskuu syys syyskuuta | lokakuu loka
  lokakuuta | marraskuu marras marraskuuta | joulukuu joulu joulukuuta
is: januar jan | februar feb | mars mar | april apr | mai | juni jun | juli jul | agust agu | september sep | oktober okt | november nov
  | desember des
pl: styczen sty stycznia | luty lut lutego | marzec mar marca | kwiecien kwi kwietnia | maj maja | czerwiec cze czerwca | lipiec lip
  lipca | sierpien sie sierpnia | wrzesien wrz wrzesnia | pazdziernik paz pazdziernika | listopad lis listopada | grudzien gru grudnia
cs: leden led ledna | unor uno unora | brezen bre brezna | duben dub dubna | kveten kve kvetna | cerven cvn cervna | cervenec cvc
  cervence | srpen srp srpna | zari zar | rijen rij rijna | listopad lis listopadu | prosinec pro prosince
sk: januar jan januara | februar feb februara | marec mar marca | april apr aprila | maj maja | jun juna | jul jula | august aug augusta
  | september sep septembra | oktober okt oktobra | november nov novembra | december dec decembra
sl: januar jan | februar feb | marec mar | april apr | maj | junij jun | julij jul | avgust avg | september sep | oktober okt | november
  nov | december dec
hr: sijecanj sij sijecnja | veljaca velj veljace | ozujak ozu ozujka | travanj tra travnja | svibanj svi svibnja | lipanj lip lipnja |
  srpanj srp srpnja | kolovoz kol kolovoza | rujan ruj rujna | listopad lis listopada | studeni stu studenoga | prosinac pro prosinca
hu: januar jan | februar febr | marcius marc | aprilis apr | majus maj | junius jun | julius jul | augusztus aug | szeptember szept |
  oktober okt | november nov | december dec
ro: ianuarie ian | februarie feb | martie mar | aprilie apr | mai | iunie iun | iulie iul | august aug | septembrie sept | octombrie oct
  | noiembrie nov | decembrie dec
bg: януари | февруари | март | април | маи | юни | юли | август | септември | октомври | ноември | декември
el: ιανουαριου ιαν | φεβρουαριου φεβ | μαρτιου μαρ | απριλιου απρ | μαιου μαι | ιουνιου ιουν | ιουλιου ιουλ | αυγουστου αυγ |
  σεπτεμβριου σεπ | οκτωβριου οκτ | νοεμβριου νοε | δεκεμβριου δεκ
tr: ocak oca | subat sub | mart mar | nisan nis | mayis may | haziran haz | temmuz tem | agustos agu | eylul eyl | ekim eki | kasim kas
  | aralik ara
et: jaanuar jaan | veebruar veebr | marts | aprill apr | mai | juuni | juuli | august aug | september sept | oktoober okt | november nov
  | detsember dets
lv: janvaris janv | februaris febr | marts | aprilis apr | maijs | junijs jun | julijs jul | augusts aug | septembris sept | oktobris
  okt | novembris nov | decembris dec
lt: sausis sausio | vasaris vasario | kovas kovo | balandis balandzio | geguze geguzes | birzelis birzelio | liepa liepos | rugpjutis
  rugpjucio | rugsejis rugsejo | spalis spalio | lapkritis lapkricio | gruodis gruodzio
sq: janar jan | shkurt shk | mars mar | prill pri | maj | qershor qer | korrik korr | gusht gush | shtator sht | tetor tet | nentor nen
  | dhjetor dhj
ca: gener gen | febrer febr | marc | abril abr dabril dabr | maig | juny | juliol jul | agost dagost dag | setembre set | octubre oct
  doctubre doct | novembre nov | desembre des
ru: январь янв января | февраль февр февраля | март марта мар | апрель апр апреля | маи мая | июнь июня июн | июль июля июл | август авг
  августа | сентябрь сент сентября | октябрь окт октября | ноябрь нояб ноября | декабрь дек декабря
uk: січень січ січня | лютии лют лютого | березень бер березня | квітень квіт квітня | травень трав травня | червень черв червня |
  липень лип липня | серпень серп серпня | вересень вер вересня | жовтень жовт жовтня | листопад лист листопада | грудень груд грудня
id: januari jan | februari feb | maret mar | april apr | mei | juni jun | juli jul | agustus agu | september sep | oktober okt |
  november nov | desember des
ms: januari jan | februari feb | mac | april apr | mei | jun | julai jul | ogos ogo | september sep | oktober okt | november nov |
  disember dis
cy: ionawr ion | chwefror chw chwef | mawrth maw | ebrill ebr | mai | mehefin meh | gorffennaf gor gorff | awst | medi | hydref hyd |
  tachwedd tach | rhagfyr rhag`

const languages = new Map<string, string[][]>()
for (const line of NAMES.trim().split(/\n(?! )/)) {
  const [language = '', months = ''] = line.split(/:(.*)/s)
  languages.set(language, months.split('|').map((names) => names.trim().split(/\s+/)))
}

/** Languages whose months are known, by their code. */
export const knownLanguages: readonly string[] = [...languages.keys()]

/** Where nothing else is said: languages in which no name means two months. */
export const usualLanguages: readonly string[] = 'en de fr it es pt nl sv da nb fi pl'.split(' ')

/** The names of months in some languages. */
export class Months {
  private readonly names = new Map<string, number>()

  constructor(chosen: readonly string[]) {
    for (const language of chosen) {
      languages.get(language)?.forEach((names, at) => {
        for (const name of names) this.names.set(name, this.names.has(name) && this.names.get(name) !== at + 1 ? 0 : at + 1)
      })
    }
  }

  /** The number of a month by its name or, from three letters on, the beginning of it; undefined where that may be several. */
  numberOf(word: string): number | undefined {
    const exact = this.names.get(word)
    if (exact !== undefined || word.length < 3) return exact === 0 ? undefined : exact
    const begun = new Set([...this.names].filter(([name]) => name.startsWith(word)).map(([, month]) => month))
    const [only] = begun
    return begun.size === 1 && only !== 0 ? only : undefined
  }
}
