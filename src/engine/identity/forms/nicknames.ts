/**
 * English and widespread European short forms by the name they stand for. Short forms of several names (Pat, Chris,
 * Alex, Sam) are left out: they would join different people.
 */
const SHORT_FORMS = `
abigail: abby abbie gail | agnes: aggie | albert: bert bertie | alexander: alec alejandro aleksandr alexandr | alfred: alf alfie | amanda: mandy |
andrew: andy drew andreas andre | angela: angie | anthony: tony antonio anton | antoinette: toni | arthur: art artie | barbara: barb babs | beatrice: bea trixie |
benjamin: ben benny benji | bernard: bernie | bradley: brad | calvin: cal | cameron: cam | catherine: cathy kathy kate katie katherine kathryn kathleen catharine cath kathi katharina |
charles: charlie chuck chas karl carlos | christina: tina christine kristina kristine | christopher: kit christoph | clifford: cliff | cynthia: cindy | daniel: dan danny daniele | david: dave davey davy |
deborah: deb debbie debra | dennis: denny | donald: don donny | dorothy: dot dottie dolly | douglas: doug | edward: ed eddie eddy ned ted eduardo edouard | edwin: edwyn |
eleanor: ellie nell nora | elizabeth: liz lizzie beth betsy betty eliza elisabeth liza lisbeth bess elise | emily: em | eugene: gene | florence: flo | frances: fran francie | francis: frank frankie francisco francesco franz |
frederick: fred freddie freddy friedrich | gabriel: gabe | geoffrey: geoff jeff jeffrey jeffery | george: georg georgie jorge | gerald: gerry jerry | gregory: greg | gwendolyn: gwen |
harold: hal | henry: harry hank heinrich enrique henri | herbert: herb | howard: howie | hugh: hughie | isabella: bella isabel isabelle | jacob: jake jakob | jacqueline: jackie |
james: jim jimmy jamie jaime | janet: jan | jason: jay | jennifer: jen jenny jenn | jessica: jess jessie | joan: joanie | john: johnny jack johann jon juan jean giovanni ivan hans jan |
jonathan: jonny | joseph: joe joey jose giuseppe josef | joshua: josh | josephine: josie | judith: judy judi | julia: julie | kenneth: ken kenny | kimberly: kim kimberley | lawrence: larry laurence lorenz lorenzo |
leonard: len lenny leonardo | leslie: les | lillian: lily lilly | louis: lou louie luis luigi ludwig | lucille: lucy | madeline: maddie madeleine | magdalena: magda | margaret: maggie meg peggy peg peggie marge margie margo margarita rita greta |
martha: marty | martin: marty | mary: maria marie molly polly mae mamie marija | matthew: matt matty matteo mathieu matthias | maximilian: max | melissa: mel missy | michael: mike mick mickey micky mikey miguel michel michele mikhail |
mitchell: mitch | muhammad: mohammed mohammad mohamed muhammed mohamad mhd md mehmet | nancy: nan | natalie: nat natalia | nathaniel: nathan nate nat | nicholas: nick nicky nicolas nikolaus niklas | oliver: ollie | pamela: pam |
patricia: patty patsy trish tricia | patrick: paddy | paul: paolo pablo pavel | peter: pete pedro pierre petr pietro | philip: phil phillip philippe | phyllis: phyl | raymond: ray | rebecca: becky becca | richard: rick ricky dick rich richie ricardo |
robert: bob bobby rob robbie robby bobbie roberto | roderick: rod roddy | roger: rodge | ronald: ron ronnie ronny | rosemary: rosie | russell: russ | samuel: sammy | sandra: sandy | sarah: sally sadie sara | sidney: sid sydney |
stanley: stan | stephanie: steph | stephen: steve steven stevie stefan stephan | susan: sue susie suzy susanne suzanne susanna suzie | terence: terry terrence | theodore: theo teddy | theresa: tess teresa terri therese | thomas: tom tommy tomas thom |
timothy: tim timmy | valerie: val | veronica: ronnie | victor: vic viktor | victoria: vicky vicki tori viktoria | vincent: vince vinny | virginia: ginny | walter: walt wally | wendy: wendi | wilfred: wilf | william: bill billy will willie liam guillermo wilhelm guillaume | zachary: zach zack`

const formal = new Map<string, string>()
for (const entry of SHORT_FORMS.split('|')) {
  const [name = '', shorts = ''] = entry.split(':').map((part) => part.trim())
  for (const short of shorts.split(/\s+/)) formal.set(short, formal.has(short) && formal.get(short) !== name ? short : name)
}

/** The name that a short form stands for; any other name is itself. */
export function formalName(name: string): string {
  return formal.get(name) ?? name
}
