/**
 * What countries are called: by three letters (ISO 3166), in everyday speech, in older and official names, and in the
 * languages of CLDR 48 (the names of `Intl.DisplayNames`), folded as `countryForm` folds. Written out, so that every
 * machine knows the same names whatever its ICU. A name that means two countries is left out.
 */
export const COUNTRY_NAMES = `
AC:ascension island|ascension|ile de l ascension|isola ascensione|isla de la ascension|ilha de ascensao|ascensionoen|ascension saari|
  ascension eyja|oilean na deascabhala|ynys ascension|wyspa wniebowstapienia|otok ascension|otok uzasasca|ascension sziget|
  insula ascension|остров възнесение|νησοσ ασενσιον|ascension adasi|ascensioni saar|debesbrauksanas sala|dangun zengimo sala|
  ishulli asenshion|ascension uhartea|illa de l ascensio|illa de ascension|о в вознесения|острів вознесіння|вострау узнясення|
  ამაღლების კუნძული|համբարձման կղզի|askenson adasi|әскенжін аралы|me roj oroli|האי אסנשן|جزيرة أسينشيون|جزایر آسنسیون|असेंशन द्वीप|
  অ্যাসেনশন দ্বীপপুঞ্জ|அஷன்ஷியன் தீவு|اسینشن آئلینڈ|เกาะแอสเซนชัน|dao ascension|pulau ascension|acsencion island|kisiwa cha ascension|阿森松岛|
  阿森松島|アセンション島|어센션섬|insla da l ascensiun|ascensioneiland
AD:and|principality of andorra|andorra|andorre|andora|андора|ανδορα|андорра|ანდორა|անդորրա|אנדורה|أندورا|آندورا|एंडोरा|আন্ডোরা|அன்டோரா|
  انڈورا|อันดอร์รา|安道尔|安道爾|アンドラ|안도라
AE:are|uae|u a e|emirates|united arab emirates|emiratos arabes|vereinigte arabische emirate|emirats arabes unis|emirati arabi uniti|
  emiratos arabes unidos|emirados arabes unidos|verenigde arabische emiraten|forenade arabemiraten|de forenede arabiske emirater|
  de forente arabiske emirater|arabiemiirikunnat|sameinudu arabisku furstadaemin|aontas na neimiriochtai arabacha|emiradau arabaidd unedig|
  zjednoczone emiraty arabskie|spojene arabske emiraty|zdruzeni arabski emirati|ujedinjeni arapski emirati|egyesult arab emirsegek|
  emiratele arabe unite|обединени арабски емирства|ηνωμενα αραβικα εμιρατα|birlesik arap emirlikleri|araabia uhendemiraadid|
  apvienotie arabu emirati|jungtiniai arabu emyratai|emiratet e bashkuara arabe|l emirati gharab maghquda|arabiar emirerri batuak|
  emirats arabs units|оаэ|об єднані арабські емірати|аб яднаныя арабскія эміраты|არაბთა გაერთიანებული საამიროები|
  արաբական միացյալ էմիրություններ|birləsmis ərəb əmirlikləri|біріккен араб әмірліктері|birlashgan arab amirliklari|איחוד האמירויות הערביות|
  الإمارات العربية المتحدة|امارات متحدهٔ عربی|संयुक्त अरब अमीरात|সংযুক্ত আরব আমিরাত|ஐக்கிய அரபு அமீரகம்|متحدہ عرب امارات|
  สหรัฐอาหรับเอมิเรตส์|cac tieu vuong quoc a rap thong nhat|uni emirat arab|emiriah arab bersatu|falme za kiarabu|阿拉伯联合酋长国|阿拉伯聯合大公國|
  アラブ首長国連邦|아랍에미리트|emirats arabs unids|vereenegt arabesch emirater|verenigde arabiese emirate
AF:afg|afghanistan|afganistan|afeganistao|an afganastain|afganisztan|афганистан|αφγανισταν|afganistana|afganistanas|l afganistan|
  афганістан|ავღანეთი|աֆղանստան|əfqanistan|ауғанстан|afgʻoniston|אפגניסטן|أفغانستان|افغانستان|अफ़गानिस्तान|আফগানিস্তান|ஆஃப்கானிஸ்தான்|
  อัฟกานิสถาน|阿富汗|アフガニスタン|아프가니스탄
AG:atg|antigua and barbuda|antigua|antigua und barbuda|antigua et barbuda|antigua e barbuda|antigua y barbuda|antigua en barbuda|
  antigua och barbuda|antigua og barbuda|antigua ja barbuda|antigva og barbuda|antigua agus barbuda|antigua a barbuda|antigua i barbuda|
  antigva in barbuda|antigva i barbuda|antigua es barbuda|antigua si barbuda|антигуа и барбуда|αντιγκουα και μπαρμπουντα|
  antigua ve barbuda|antigva un barbuda|antigva ir barbuda|antigua u barbuda|antigua eta barbuda|антигуа і барбуда|антыгуа і барбуда|
  ანტიგუა და ბარბუდა|անտիգուա եւ բարբուդա|antiqua və barbuda|антигуа және барбуда|antigua va barbuda|אנטיגואה וברבודה|أنتيغوا وبربودا|
  آنتیگوا و باربودا|एंटिगुआ और बरबुडा|অ্যান্টিগুয়া ও বারবুডা|ஆண்டிகுவா மற்றும் பார்புடா|انٹیگوا اور باربودا|แอนติกาและบาร์บูดา|
  antigua dan barbuda|antigua na barbuda|安提瓜和巴布达|安地卡及巴布達|アンティグア バーブーダ|앤티가 바부다
AI:aia|anguilla|anguila|angvilla|angaile|angvila|ангуила|ανγκουιλα|angilja|angilija|anguile|aingira|ангилья|ангілья|ანგილია|անգուիլա|
  angilya|אנגווילה|أنغويلا|آنگویلا|एंग्विला|অ্যাঙ্গুইলা|அங்கியுலா|انگوئیلا|แองกวิลลา|安圭拉|安奎拉|アンギラ|앵귈라
AL:alb|albania|albanien|albanie|an albain|albansko|albanija|албания|αλβανια|arnavutluk|albaania|shqiperi|l albanija|албанія|ალბანეთი|
  ալբանիա|albaniya|אלבניה|ألبانيا|آلبانی|अल्बानिया|আলবেনিয়া|அல்பேனியா|البانیہ|แอลเบเนีย|阿尔巴尼亚|阿爾巴尼亞|アルバニア|알바니아
AM:arm|armenia|armenien|armenie|an airmein|armensko|armenija|ormenyorszag|армения|αρμενια|ermenistan|armeenia|armeni|l armenja|вірменія|
  арменія|სომხეთი|հայաստան|ermənistan|armaniston|ארמניה|أرمينيا|ارمنستان|आर्मेनिया|আর্মেনিয়া|அர்மேனியா|آرمینیا|อาร์เมเนีย|亚美尼亚|亞美尼亞|アルメニア|
  아르메니아
AO:ago|angola|ангола|αγκολα|angole|l angola|ანგოლა|անգոլա|anqola|אנגולה|أنغولا|آنگولا|अंगोला|অ্যাঙ্গোলা|அங்கோலா|انگولا|แองโกลา|安哥拉|アンゴラ|
  앙골라
AR:arg|argentine republic|argentine|argentina|argentinien|argentinie|argentiina|an airgintin|yr ariannin|argentyna|аржентина|αργεντινη|
  arjantin|argjentine|l argentina|arxentina|аргентина|аргенціна|არგენტინა|արգենտինա|ארגנטינה|الأرجنتين|آرژانتین|अर्जेंटीना|আর্জেন্টিনা|
  அர்ஜென்டினா|ارجنٹینا|อาร์เจนตินา|ajentina|阿根廷|アルゼンチン|아르헨티나
AS:asm|american samoa|amerikanisch samoa|samoa americaines|samoa americane|samoa americana|amerikaans samoa|amerikanska samoa|
  amerikansk samoa|amerikan samoa|bandariska samoa|samo mheiricea|samoa america|samoa amerykanskie|americka samoa|ameriska samoa|
  amerikai szamoa|американска самоа|αμερικανικη σαμοα|amerikan samoasi|ameerika samoa|asv samoa|amerikos samoa|samoa amerikane|
  is samoa amerikana|samoa estatubatuarra|американское самоа|американське самоа|амерыканскае самоа|ამერიკის სამოა|ամերիկյան սամոա|
  amerika samoasi|америкалық самоа|סמואה האמריקנית|ساموا الأمريكية|ساموآی امریکا|अमेरिकी समोआ|আমেরিকান সামোয়া|அமெரிக்க சமோவா|امریکی ساموآ|
  อเมริกันซามัว|samoa thuoc my|samoa amerika|samoa ya marekani|美属萨摩亚|美屬薩摩亞|米領サモア|아메리칸 사모아|amerikanesch samoa|amerikaanse samoa
AT:aut|oesterreich|republic of austria|republik osterreich|austria|osterreich|autriche|oostenrijk|osterrike|ostrig|itavalta|austurriki|
  an ostair|awstria|rakousko|rakusko|avstrija|austrija|ausztria|австрия|αυστρια|avusturya|austri|l awstrija|австрія|аустрыя|ავსტრია|
  ավստրիա|avstriya|аустрия|אוסטריה|النمسا|اتریش|ऑस्ट्रिया|অস্ট্রিয়া|ஆஸ்திரியா|آسٹریا|ออสเตรีย|ao|奥地利|奧地利|オーストリア|오스트리아|eistraich|oostenryk
AU:aus|commonwealth of australia|australia|australien|australie|astralia|an astrail|awstralia|avstralija|australija|ausztralia|австралия|
  αυστραλια|avustralya|austraalia|australi|l awstralja|австралія|аустралія|ავსტრალია|ավստրալիա|avstraliya|аустралия|אוסטרליה|أستراليا|
  استرالیا|ऑस्ट्रेलिया|অস্ট্রেলিয়া|ஆஸ்திரேலியா|آسٹریلیا|ออสเตรเลีย|uc|澳大利亚|澳洲|オーストラリア|오스트레일리아
AW:abw|aruba|аруба|αρουμπα|arube|არუბა|արուբա|ארובה|أروبا|آروبا|अरूबा|আরুবা|அரூபா|اروبا|อารูบา|阿鲁巴|荷屬阿魯巴|アルバ|아루바
AX:ala|aland islands|alandinseln|iles aland|isole aland|islas aland|ilhas aland|aland|ahvenanmaa|alandseyjar|oileain aland|ynysoedd aland|
  wyspy alandzkie|alandy|alandski otoki|alandski otoci|aland szigetek|insulele aland|оландски острови|νησοι ολαντ|aland adalari|ahvenamaa|
  olandes salas|alandu salos|ishujt alande|il gzejjer aland|illes aland|illas aland|аландские о ва|аландські острови|аландскія астравы|
  ალანდის კუნძულები|ալանդյան կղզիներ|аланд аралдары|aland orollari|איי אולנד|جزر آلاند|جزایر آلاند|एलैंड द्वीपसमूह|অলান্ড দ্বীপপুঞ্জ|
  ஆலந்து தீவுகள்|آلینڈ آئلینڈز|หมู่เกาะโอลันด์|quan dao aland|kepulauan aland|visiwa vya aland|奥兰群岛|奧蘭群島|オーランド諸島|올란드 제도|inslas aland|
  alandinselen|alandeilande
AZ:aze|azerbaijan|aserbaidschan|azerbaidjan|azerbaigian|azerbaiyan|azerbaijao|azerbeidzjan|azerbajdzjan|aserbajdsjan|azerbaidzan|
  aserbaidsjan|an asarbaiseain|aserbaijan|azerbejdzan|azerbajdzan|azerbajdzsan|азербаиджан|αζερμπαιτζαν|azerbaycan|aserbaidzaan|
  azerbaidzana|azerbaidzanas|azerbajxhan|l azerbajgan|acerbaixan|აზერბაიჯანი|ադրբեջան|azərbaycan|әзірбаижан|ozarbayjon|אזרבייג ן|أذربيجان|
  جمهوری آذربایجان|अज़रबैजान|আজারবাইজান|அசர்பைஜான்|آذربائیجان|อาเซอร์ไบจาน|azerbaijani|阿塞拜疆|亞塞拜然|アゼルバイジャン|아제르바이잔|azerbeidjan
BA:bih|bosnia|bosnia herzegovina|bosna i hercegovina|bosnia and herzegovina|bosnien und herzegowina|bosnie herzegovine|
  bosnia ed erzegovina|bosnia y herzegovina|bosnia e herzegovina|bosnie en herzegovina|bosnien och hercegovina|bosnien hercegovina|
  bosnia hercegovina|bosnia ja hertsegovina|bosnia og hersegovina|an bhoisnia agus an heirseagaivein|bosnia a herzegovina|
  bosnia i hercegowina|bosna a hercegovina|bosna in hercegovina|bosznia hercegovina|bosnia si hertegovina|босна и херцеговина|
  βοσνια ερζεγοβινη|bosna hersek|bosnia ja hertsegoviina|bosnija un hercegovina|bosnija ir hercegovina|bosnje hercegovine|
  il boznija herzegovina|bosnia i hercegovina|bosnia e hercegovina|босния и герцеговина|боснія і герцеговина|боснія і герцагавіна|
  ბოსნია და ჰერცეგოვინა|բոսնիա եւ հերցեգովինա|bosniya və herseqovina|босния және герцеговина|bosniya va gertsegovina|בוסניה והרצגובינה|
  البوسنة والهرسك|بوسنی و هرزگوین|बोस्निया और हर्ज़ेगोविना|বসনিয়া ও হার্জেগোভিনা|போஸ்னியா and ஹெர்ஸகோவினா|بوسنیا اور ہرزیگووینا|
  บอสเนียและเฮอร์เซโกวีนา|bosnia va herzegovina|bosnia dan herzegovina|bosnia na hezegovina|波斯尼亚和黑塞哥维那|波士尼亞與赫塞哥維納|ボスニア ヘルツェゴビナ|보스니아 헤르체고비나|
  bosnien an herzegowina|bosnie en herzegowina
BB:brb|barbados|barbade|барбадос|μπαρμπειντοσ|barbadosa|barbadosas|барбадас|ბარბადოსი|բարբադոս|ברבדוס|بربادوس|باربادوس|बारबाडोस|বার্বাডোজ|
  பார்படாஸ்|بارباڈوس|บาร์เบโดส|babadosi|巴巴多斯|巴貝多|バルバドス|바베이도스
BD:bgd|bangladesh|bangladesch|banglades|bangladess|an bhanglaideis|bangladesz|бангладеш|μπανγκλαντεσ|bangladesa|bangladesas|il bangladesh|
  бангладэш|ბანგლადეში|բանգլադեշ|banqlades|בנגלדש|بنغلاديش|بنگلادش|बांग्लादेश|বাংলাদেশ|பங்களாதேஷ்|بنگلہ دیش|บังกลาเทศ|bangladeshi|孟加拉国|孟加拉|
  バングラデシュ|방글라데시|bangladesj
BE:bel|kingdom of belgium|belgie belgique|belgique belgie|belgium|belgien|belgique|belgio|belgica|belgie|belgia|an bheilg|gwlad belg|
  belgicko|belgija|белгия|βελγιο|belcika|belgjike|il belgju|belgika|belxica|бельгия|бельгія|ბელგია|բելգիա|belgiya|בלגיה|بلجيكا|بلژیک|
  बेल्जियम|বেলজিয়াম|பெல்ஜியம்|بیلجیم|เบลเยียม|bi|ubelgiji|比利时|比利時|ベルギー|벨기에|belsch
BF:bfa|burkina faso|burquina faso|buircine faso|буркина фасо|μπουρκινα φασο|burkinafaso|burkina fasas|il burkina faso|буркіна фасо|
  ბურკინა ფასო|բուրկինա ֆասո|בורקינה פאסו|بوركينا فاسو|بورکینافاسو|बुर्किना फ़ासो|বুরকিনা ফাসো|புர்கினா ஃபாஸோ|برکینا فاسو|บูร์กินาฟาโซ|
  bukinafaso|布基纳法索|布吉納法索|ブルキナファソ|부르키나파소
BG:bgr|republic of bulgaria|bulgaria|bulgarien|bulgarie|bulgarije|an bhulgair|bwlgaria|bulharsko|bolgarija|bugarska|българия|βουλγαρια|
  bulgaristan|bulgaaria|bulgarija|bullgari|il bulgarija|болгария|болгарія|балгарыя|ბულგარეთი|բուլղարիա|bolqaristan|bolgariya|בולגריה|
  بلغاريا|بلغارستان|बुल्गारिया|বুলগেরিয়া|பல்கேரியா|بلغاریہ|บัลแกเรีย|保加利亚|保加利亞|ブルガリア|불가리아|bulgarye
BH:bhr|bahrain|bahrein|barein|bairein|bahrajn|бахреин|μπαχρειν|bahreyn|bahreina|bahreinas|bahrejn|il bahrain|бахрэин|ბაჰრეინი|բահրեյն|
  bəhreyn|bahrayn|בחריין|البحرين|بحرین|बहरीन|বাহারিন|பஹ்ரைன்|บาห์เรน|bahareni|巴林|バーレーン|바레인
BI:bdi|burundi|an bhuruin|бурунди|μπουρουντι|burundija|burundis|il burundi|бурунді|бурундзі|ბურუნდი|բուրունդի|בורונדי|بوروندي|بوروندی|
  बुरुंडी|বুরুন্ডি|புருண்டி|برونڈی|บุรุนดี|布隆迪|蒲隆地|ブルンジ|부룬디
BJ:ben|benin|beinin|бенин|μπενιν|benina|beninas|il benin|бенін|ბენინი|բենին|בנין|بنين|بنین|बेनिन|বেনিন|பெனின்|بینن|เบนิน|贝宁|貝南|ベナン|베냉
BL:blm|saint barthelemy|san bartolome|sao bartolomeu|s t barthelemy|sankti bartolomeusareyjar|svaty bartolomej|sveti bartolomej|
  сен бартелеми|αγιοσ βαρθολομαιοσ|senbartelmi|sen bartelemi|сен бартелемі|сен бартэльмі|სენ ბართელმი|սուրբ բարդուղիմեոս|sent bartelemi|
  סנט ברתולומיאו|سان بارتليمي|سن بارتلمی|सेंट बार्थेलेमी|সেন্ট বার্থেলেমি|செயின்ட் பார்தேலெமி|سینٹ برتھلیمی|เซนต์บาร์เธเลมี|圣巴泰勒米|聖巴瑟米|
  サン バルテルミー|생바르텔레미|son barthelemy|sint barthelemy
BM:bmu|bermuda|bermudes|bermudas|bermudaeyjar|beirmiuda|bermudy|bermudi|бермудски острови|βερμουδεσ|bermudu salas|bermude|illas bermudas|
  бермудские о ва|бермудські острови|бермудскія астравы|ბერმუდა|բերմուդներ|bermud adalari|бермуд аралдары|bermuda orollari|ברמודה|برمودا|
  बरमूडा|বারমুডা|பெர்முடா|เบอร์มิวดา|百慕大|百慕達|バミューダ|버뮤다
BN:brn|brunei darussalam|brunei|bruine|brunej|брунеи даруссалам|μπρουνει|bruneja|brunejus|il brunei|брунеи|ბრუნეი|բրունեյ|bruney|ברוניי|
  بروناي|برونئی|ब्रूनेई|ব্রুনেই|புருனே|برونائی|บรูไน|文莱|汶萊|ブルネイ|브루나이|broenei
BO:bol|bolivia plurinational state of|plurinational state of bolivia|bolivia|bolivien|bolivie|an bholaiv|bolifia|boliwia|bolivija|боливия|
  βολιβια|bolivya|boliivia|bolivi|il bolivja|болівія|балівія|ბოლივია|բոլիվիա|boliviya|בוליביה|بوليفيا|بولیوی|बोलीविया|বলিভিয়া|பொலிவியா|
  بولیویا|โบลิเวีย|玻利维亚|玻利維亞|ボリビア|볼리비아
BQ:bes|bonaire sint eustatius and saba|bonaire|caribbean netherlands|karibische niederlande|pays bas caribeens|caraibi olandesi|
  caribe neerlandes|paises baixos caribenhos|caribisch nederland|karibiska nederlanderna|de tidligere nederlandske antiller|
  karibisk nederland|karibian alankomaat|karibahafshluti hollands|an isiltir chairibeach|antilles yr iseldiroedd|niderlandy karaibskie|
  karibske nizozemsko|karibske holandsko|nizozemski karibi|karipski otoci nizozemske|holland karib terseg|insulele caraibe olandeze|
  карибска нидерландия|ολλανδια καραιβικησ|karayip hollandasi|kariibi madalmaad|niderlandes karibu salas|karibu nyderlandai|
  karaibet holandeze|in netherlands tal karibew|karibeko herbehereak|carib neerlandes|бонэир синт эстатиус и саба|карибські нідерланди|
  карыбскія нідэрланды|კარიბის ნიდერლანდები|կարիբյան նիդեռլանդներ|karib niderlandi|бонэир синт эстатиус және саба|
  boneyr sint estatius va saba|האיים הקריביים ההולנדיים|هولندا الكاريبية|جزایر کارائیب هلند|कैरिबियन नीदरलैंड|ক্যারিবিয়ান নেদারল্যান্ডস|
  கரீபியன் நெதர்லாந்து|کریبیائی نیدرلینڈز|เนเธอร์แลนด์แคริบเบียน|ca ri be ha lan|belanda karibia|belanda caribbean|uholanzi ya karibiani|
  荷属加勒比区|荷蘭加勒比區|オランダ領カリブ|네덜란드령 카리브|pajais bass caribics|karibescht holland|karibiese nederland
BR:bra|federative republic of brazil|brasil|brazil|brasilien|bresil|brasile|brazilie|brasilia|an bhrasail|brazylia|brazilia|brazilija|
  бразилия|βραζιλια|brezilya|brasiilia|il brazil|бразилія|бразілія|ბრაზილია|բրազիլիա|braziliya|ברזיל|البرازيل|برزیل|ब्राज़ील|ব্রাজিল|
  பிரேசில்|برازیل|บราซิล|巴西|ブラジル|브라질|brasilie
BS:bhs|bahamas|bahamas the|bahama s|bahama|bahamaeyjar|na bahamai|y bahamas|bahamy|bahami|bahama szigetek|бахамски острови|μπαχαμεσ|
  bahamalar|bahamu salas|bahamos|il bahamas|bahamak|bahames|багамы|багамські острови|багамскія астравы|ბაჰამის კუნძულები|բահամյան կղզիներ|
  baham adalari|багам аралдары|bagama orollari|איי בהאמה|جزر البهاما|باهاما|बहामास|বাহামা দ্বীপপুঞ্জ|பஹாமாஸ்|بہاماس|บาฮามาส|巴哈马|巴哈馬|バハマ|
  바하마
BT:btn|bhutan|bhoutan|butan|butao|an bhutain|бутан|μπουταν|butana|butanas|il bhutan|ბუტანი|բութան|בהוטן|بوتان|भूटान|ভুটান|பூடான்|بھوٹان|
  ภูฏาน|不丹|ブータン|부탄|bhoetan
BW:bwa|botswana|botsuana|botsvana|an bhotsuain|bocvana|ботсвана|μποτσουανα|botsvane|il botswana|батсвана|ბოტსვანა|բոտսվանա|בוטסואנה|
  بوتسوانا|बोत्स्वाना|বতসোয়ানা|போட்ஸ்வானா|บอตสวานา|博茨瓦纳|波札那|ボツワナ|보츠와나
BY:blr|byelorussia|republic of belarus|belarus|bielorussie|bielorussia|bielorrusia|bielorrussia|valko venaja|hvita russland|an bhealaruis|
  belarws|bialorus|belorusko|bielorusko|belorusija|bjelorusija|belarusz|беларус|λευκορωσια|valgevene|baltkrievija|baltarusija|bjellorusi|
  il belarussja|беларусь|білорусь|ბელარუსი|բելառուս|בלארוס|بيلاروس|بلاروس|बेलारूस|বেলারুশ|பெலாரஸ்|بیلاروس|เบลารุส|白俄罗斯|白俄羅斯|ベラルーシ|벨라루스|
  waissrussland
BZ:blz|belize|belice|belis|an bheilis|белиз|μπελιζ|beliza|belizas|il belize|беліз|ბელიზი|բելիզ|beliz|בליז|بليز|بلیز|बेलीज़|বেলিজ|பெலிஸ்|
  بیلائز|เบลีซ|伯利兹|貝里斯|ベリーズ|벨리즈
CA:can|dominion of canada|canada|kanada|ceanada|канада|καναδασ|il kanada|კანადა|կանադա|קנדה|كندا|کانادا|कनाडा|কানাডা|கனடா|کینیڈا|แคนาดา|
  加拿大|カナダ|캐나다
CC:cck|cocos keeling islands|cocos islands|kokosinseln|iles cocos|isole cocos keeling|islas cocos|ilhas cocos keeling|cocoseilanden|
  kokosoarna|cocosoerne|kokosoyene|kookossaaret keelingsaaret|kokoseyjar keeling|oileain cocos keeling|ynysoedd cocos keeling|
  wyspy kokosowe|kokosove ostrovy|kokosovi otoki|kokosovi keelingovi otoci|kokusz keeling szigetek|insulele cocos keeling|
  кокосови острови острови киилинг|νησοι κοκοσ κιλινγκ|cocos keeling adalari|kookossaared|kokosu kilinga salas|kokosu kilingo salos|
  ishujt kokos|gzejjer cocos keeling|cocos keeling uharteak|illes cocos keeling|illas cocos keeling|кокосовые о ва|кокосові кілінг острови|
  какосавыя кілінг астравы|ქოქოსის კილინგის კუნძულები|կոկոսյան քիլինգ կղզիներ|kokos kilinq adalari|кокос килинг аралдары|
  kokos kiling orollari|איי קוקוס קילינג|جزر كوكوس كيلينغ|جزایر کوکوس|कोकोस कीलिंग द्वीपसमूह|কোকোস কিলিং দ্বীপপুঞ্জ|கோகோஸ் கீலிங் தீவுகள்|
  کوکوس کیلنگ جزائر|หมู่เกาะโคโคส คีลิง|quan dao cocos keeling|kepulauan cocos keeling|visiwa vya cocos keeling|科科斯 基林 群岛|科克斯 基靈 群島|
  ココス キーリング 諸島|코코스 제도|inslas cocos|kokosinselen|kokoseilande
CD:cod|congo democratic republic of the|congo the democratic republic of the|democratic republic of the congo|democratic republic of congo|
  dr congo|drc|zaire|congo kinshasa|kongo kinshasa|republica democratica del congo|kongon demokraattinen tasavalta|
  poblacht dhaonlathach an chongo|y congo kinshasa|demokratyczna republika konga|konzska demokraticka republika|
  demokraticna republika kongo|конго киншаса|κονγκο κινσασα|kongo kinsasa|kongo dv|kongas kinsasa|ir repubblika demokratika tal kongo|
  kongoko errepublika demokratikoa|republica democratica do congo|конго кіншаса|конга кіншаса|კონგო კინშასა|կոնգո կինշասա|konqo kinsasa|
  конго|קונגו קינשאסה|الكونغو كينشاسا|کنگو کینشاسا|कांगो किंशासा|কঙ্গো কিনশাসা|காங்கோ கின்ஷாசா|کانگو کنشاسا|คองโก กินชาซา|刚果 金|剛果 金夏沙|
  コンゴ民主共和国 キンシャサ|콩고 킨샤사|demokratiese republiek van die kongo
CF:caf|central african rep|central african republic|zentralafrikanische republik|republique centrafricaine|repubblica centrafricana|
  republica centroafricana|republica centro africana|centraal afrikaanse republiek|centralafrikanska republiken|
  den centralafrikanske republik|den sentralafrikanske republikk|keski afrikan tasavalta|mid afrikulydveldid|poblacht na hafraice lair|
  gweriniaeth canolbarth affrica|republika srodkowoafrykanska|stredoafricka republika|srednjeafriska republika|srednjoafricka republika|
  kozep afrikai koztarsasag|republica centrafricana|централноафриканска република|κεντροαφρικανικη δημοκρατια|orta afrika cumhuriyeti|
  kesk aafrika vabariik|centralafrikas republika|centrines afrikos respublika|republika e afrikes qendrore|ir repubblika centru afrikana|
  afrika erdiko errepublika|republica centreafricana|центрально африканская республика|центральноафриканська республіка|
  цэнтральна афрыканская рэспубліка|ცენტრალური აფრიკის რესპუბლიკა|կենտրոնական աֆրիկյան հանրապետություն|mərkəzi afrika respublikasi|
  орталық африка республикасы|markaziy afrika respublikasi|הרפובליקה המרכז אפריקאית|جمهورية أفريقيا الوسطى|جمهوری افریقای مرکزی|
  मध्य अफ़्रीकी गणराज्य|মধ্য আফ্রিকান প্রজাতন্ত্র|மத்திய ஆப்ரிக்கக் குடியரசு|وسط افریقی جمہوریہ|สาธารณรัฐแอฟริกากลาง|cong hoa trung phi|
  republik afrika tengah|jamhuri ya afrika ya kati|中非共和国|中非共和國|中央アフリカ共和国|중앙 아프리카 공화국|republica centralafricana|zentralafrikanesch republik|
  sentraal afrikaanse republiek
CG:cog|congo|republic of the congo|congo republic of the|congo brazzaville|kongo brazzaville|republica do congo|kongon tasavalta|
  y congo brazzaville|konzska republika|конго бразавил|κονγκο μπραζαβιλ|kongo brazavil|kongo vabariik|kongo brazavila|kongas brazavilis|
  kongo brazavile|il kongo brazzaville|конго браззавиль|конго браззавіль|конга бразавіль|კონგო ბრაზავილი|կոնգո բրազավիլ|konqo brazzavil|
  конго браззавиль республикасы|kongo brazzavil|קונגו ברזאויל|الكونغو برازافيل|کنگو برازویل|कांगो ब्राज़ाविल|কঙ্গো ব্রাজাভিল|
  காங்கோ ப்ராஸாவில்லே|کانگو برازاویلے|คองโก บราซซาวิล|刚果 布|剛果 布拉薩|コンゴ共和国 ブラザビル|콩고 브라자빌
CH:che|suisse|schweiz|svizzera|svizra|helvetia|confoederatio helvetica|swiss confederation|schweizerische eidgenossenschaft|
  confederation suisse|suiza|suica|switzerland|zwitserland|sveits|sveitsi|sviss|an eilveis|y swistir|szwajcaria|svycarsko|svajciarsko|
  svica|svicarska|svajc|elvetia|швеицария|ελβετια|isvicre|sveice|sveicarija|zvicer|l izvizzera|suitza|suissa|швеицарія|швеицарыя|შვეიცარია|
  շվեյցարիա|isvecrə|shveytsariya|שווייץ|سويسرا|سوئیس|स्विट्ज़रलैंड|সুইজারল্যান্ড|ஸ்விட்சர்லாந்து|سوئٹزر لینڈ|สวิตเซอร์แลนด์|thuy si|swiss|
  uswisi|瑞士|スイス|스위스|schwaiz|switserland
CI:civ|cote d ivoire|ivory coast|republic of cote d ivoire|costa d avorio|costa do marfim|ivoorkust|elfenbenskusten|elfenbenskysten|
  norsunluurannikko|filabeinsstrondin|pobrezi slonoviny|pobrezie slonoviny|slonokoscena obala|obala bjelokosti|elefantcsontpart|
  кот д ивоар|ακτη ελεφαντοστου|elevandiluurannik|kotdivuara|dramblio kaulo krantas|il kosta tal avorju|boli kosta|кот д ивуар|кот д івуар|
  კოტ დივუარი|կոտ դ իվուար|kotd ivuar|kot d ivuar|חוף השנהב|ساحل العاج|ساحل عاج|कोत दिवुआर|কোট ডি আইভোর|கோட் தி வாயர்|کوٹ ڈی آئیوری|
  โกตดิวัวร์|科特迪瓦|象牙海岸|コートジボワール|코트디부아르|costa d ivur|ivoorkus
CK:cok|cook islands|cookinseln|iles cook|isole cook|islas cook|ilhas cook|cookeilanden|cookoarna|cookoerne|cookoyene|cookinsaaret|
  cooks eyjar|oileain cook|ynysoedd cook|wyspy cooka|cookovy ostrovy|cookove ostrovy|cookovi otoki|cookovi otoci|cook szigetek|
  insulele cook|острови кук|νησοι κουκ|cook adalari|cooki saared|kuka salas|kuko salos|ishujt kuk|gzejjer cook|cook uharteak|illes cook|
  illas cook|о ва кука|острови кука|астравы кука|კუკის კუნძულები|կուկի կղզիներ|kuk adalari|кук аралдары|kuk orollari|איי קוק|جزر كوك|
  جزایر کوک|कुक द्वीपसमूह|কুক দ্বীপপুঞ্জ|குக் தீவுகள்|کک آئلینڈز|หมู่เกาะคุก|quan dao cook|kepulauan cook|visiwa vya cook|库克群岛|庫克群島|クック諸島|
  쿡 제도|inslas cook|cookinselen|cookeilande
CL:chl|chile|chili|cile|sile|an tsile|чили|χιλη|sili|tsiili|kili|ic cili|txile|xile|чилі|чылі|ჩილე|չիլի|cili|צ ילה|تشيلي|شیلی|चिली|চিলি|
  சிலி|چلی|ชิลี|智利|チリ|칠레
CM:cmr|cameroon|kamerun|cameroun|camerun|camaroes|kameroen|camarun|camerwn|камерун|καμερουν|kameruna|kamerunas|il kamerun|კამერუნი|
  կամերուն|קמרון|الكاميرون|کامرون|कैमरून|ক্যামেরুন|கேமரூன்|کیمرون|แคเมอรูน|kameruni|喀麦隆|喀麥隆|カメルーン|카메룬
CN:chn|people s republic of china|china people s republic of|mainland china|china mainland|prc|p r china|pr china|china|chine|cina|kina|
  kiina|an tsin|tsieina|chiny|kitajska|китаи|κινα|cin|hiina|kinija|kine|ic cina|txina|xina|кітаи|ჩინეთი|չինաստան|қытаи|xitoy|סין|الصين|چین|
  चीन|চীন|சீனா|จีน|trung quoc|tiongkok|uchina|中国|中國|중국
CO:col|colombia|kolumbien|colombie|kolumbia|an choloim|kolumbie|kolumbija|columbia|колумбия|κολομβια|kolombiya|kolumbi|il kolombja|
  kolonbia|колумбія|калумбія|კოლუმბია|կոլումբիա|kolumbiya|קולומביה|كولومبيا|کلمبیا|कोलंबिया|কলম্বিয়া|கொலம்பியா|کولمبیا|โคลอมเบีย|kolombia|
  哥伦比亚|哥倫比亞|コロンビア|콜롬비아
CR:cri|costa rica|kostarika|costa rice|kostaryka|коста рика|κοστα ρικα|kosta rika|kosta rike|il costa rica|коста рыка|კოსტა რიკა|
  կոստա ռիկա|קוסטה ריקה|كوستاريكا|کاستاریکا|कोस्टारिका|কোস্টারিকা|கோஸ்டாரிகா|کوسٹا ریکا|คอสตาริกา|哥斯达黎加|哥斯大黎加|コスタリカ|코스타리카
CU:cub|cuba|kuba|kuuba|ciwba|куба|κουβα|kube|კუბა|կուբա|קובה|كوبا|کوبا|क्यूबा|কিউবা|கியூபா|کیوبا|คิวบา|古巴|キューバ|쿠바
CV:cpv|cabo verde|cape verde|cap vert|capo verde|kaapverdie|kap verde|kapp verde|graenhofdaeyjar|poblacht cabo verde|
  republika zielonego przyladka|kapverdy|zelenortski otoki|zelenortska republika|zold foki koztarsasag|capul verde|кабо верде|
  πρασινο ακρωτηριο|roheneemesaared|kaboverde|zaliasis kysulys|kepi i gjelber|cap verd|каба вердэ|კაბო ვერდე|կաբո վերդե|kabo verde|כף ורדה|
  الرأس الأخضر|کیپورد|केप वर्ड|কেপ ভার্দে|கேப் வெர்டே|کیپ ورڈی|เคปเวิร์ด|tanjung verde|佛得角|維德角|カーボベルデ|카보베르데|kaap verde
CW:cuw|curacao|curazao|curaso|кюрасао|κουρασαο|kirasao|kiurasao|kurasao|кюрасаа|კიურასაო|կյուրասաո|kyurasao|קוראסאו|كوراساو|کوراسائو|
  कुरासाओ|কুরাসাও|குராகவ்|کیوراکاؤ|คูราเซา|库拉索|庫拉索|キュラソー|퀴라소
CX:cxr|christmas island|weihnachtsinsel|ile christmas|isola christmas|isla de navidad|ilha christmas|christmaseiland|julon|juleoen|
  christmasoya|joulusaari|jolaey|oilean na nollag|ynys y nadolig|wyspa bozego narodzenia|vanocni ostrov|vianocny ostrov|bozicni otok|
  karacsony sziget|insula christmas|остров рождество|νησοσ των χριστουγεννων|christmas adasi|joulusaar|ziemsvetku sala|kaledu sala|
  ishulli i krishtlindjes|il gzira christmas|christmas uhartea|illa christmas|о в рождества|острів різдва|вострау каляд|შობის კუნძული|
  սուրբ ծննդյան կղզի|milad adasi|рождество аралы|rojdestvo oroli|אי חג המולד|جزيرة كريسماس|جزیرهٔ کریسمس|क्रिसमस द्वीप|ক্রিসমাস দ্বীপ|
  கிறிஸ்துமஸ் தீவு|جزیرہ کرسمس|เกาะคริสต์มาส|dao giang sinh|pulau natal|pulau krismas|kisiwa cha krismasi|圣诞岛|聖誕島|クリスマス島|크리스마스섬|
  insla da nadal|chreschtdagsinsel|kerseiland
CY:cyp|republic of cyprus|cyprus|zypern|chypre|cipro|chipre|cypern|kypros|kypur|an chipir|cypr|kypr|ciper|cipar|ciprus|cipru|кипър|κυπροσ|
  kibris|kupros|kipra|kipras|qipro|zipre|xipre|кипр|кіпр|კვიპროსი|կիպրոս|kipr|קפריסין|قبرص|قبرس|साइप्रस|সাইপ্রাস|சைப்ரஸ்|ไซปรัส|sip|siprus|
  saiprasi|塞浦路斯|賽普勒斯|キプロス|키프로스|cipra
CZ:cze|czech republic|tschechische republik|republique tcheque|repubblica ceca|republica checa|ceska republika|cr czech|
  tjeckiska republiken|czechia|tschechien|tchequie|cechia|chequia|tchequia|tsjechie|tjeckien|tjekkiet|tsjekkia|tsekki|tekkland|an tseicia|
  tsiecia|czechy|cesko|ceska|csehorszag|cehia|чехия|τσεχια|cekya|tsehhi|cehija|cekija|ceki|ir repubblika ceka|txekia|txequia|чехія|чэхія|
  ჩეხეთი|չեխիա|cexiya|chexiya|צ כיה|التشيك|چک|चेकिया|চেকিয়া|செசியா|چیکیا|เช็ก|sec|ceko|chechia|捷克|チェコ|체코|tschechia|tsjeggie
DE:deu|federal republic of germany|bundesrepublik deutschland|brd|frg|bundesrepublik|germany|deutschland|allemagne|germania|alemania|
  alemanha|duitsland|tyskland|saksa|thyskaland|an ghearmain|yr almaen|niemcy|nemecko|nemcija|njemacka|nemetorszag|германия|γερμανια|
  almanya|saksamaa|vacija|vokietija|gjermani|il germanja|alemanya|alemana|німеччина|германія|გერმანია|գերմանիա|almaniya|germaniya|גרמניה|
  ألمانيا|آلمان|जर्मनी|জার্মানি|ஜெர்மனி|جرمنی|เยอรมนี|duc|jerman|ujerumani|德国|德國|ドイツ|독일|daitschland
DJ:dji|djibouti|dschibuti|gibuti|yibuti|djibuti|dzibuti|dzibutsko|dzsibuti|джибути|τζιμπουτι|cibuti|dzibutija|dzibutis|xhibuti|il djibouti|
  джибуті|джыбуці|ჯიბუტი|ջիբութի|jibuti|ג יבוטי|جيبوتي|جیبوتی|जिबूती|জিবুতি|ஜிபௌட்டி|جبوتی|จิบูตี|吉布提|吉布地|ジブチ|지부티|djiboeti
DK:dnk|kingdom of denmark|danmark|denmark|danemark|danimarca|dinamarca|denemarken|tanska|danmork|an danmhairg|denmarc|dania|dansko|danska|
  danemarca|дания|δανια|danimarka|taani|danija|danimarke|id danimarka|данія|დანია|դանիա|daniya|דנמרק|الدانمرك|دانمارک|डेनमार्क|ডেনমার্ক|
  டென்மார்க்|ڈنمارک|เดนมาร์ก|dan mach|denmaki|丹麦|丹麥|デンマーク|덴마크|danemarc|denemarke
DM:dma|dominica|dominique|dominika|doiminice|доминика|ντομινικα|dominike|домініка|дамініка|დომინიკა|դոմինիկա|דומיניקה|دومينيكا|دومینیکا|
  डोमिनिका|ডোমিনিকা|டொமினிகா|ڈومنیکا|โดมินิกา|多米尼克|ドミニカ国|도미니카
DO:dom|dominican rep|dominican republic the|dominican republic|dominikanische republik|republique dominicaine|repubblica dominicana|
  republica dominicana|dominicaanse republiek|dominikanska republiken|den dominikanske republik|den dominikanske republikk|
  dominikaaninen tasavalta|dominiska lydveldid|an phoblacht dhoiminiceach|gweriniaeth dominica|dominikana|dominikanska republika|
  dominikai koztarsasag|доминиканска република|δομινικανη δημοκρατια|dominik cumhuriyeti|dominikaani vabariik|dominikos respublika|
  republika dominikane|ir repubblika dominicana|dominikar errepublika|доминиканская республика|домініканська республіка|
  дамініканская рэспубліка|დომინიკელთა რესპუბლიკა|դոմինիկյան հանրապետություն|dominikan respublikasi|доминикан республикасы|
  הרפובליקה הדומיניקנית|جمهورية الدومينيكان|جمهوری دومینیکن|डोमिनिकन गणराज्य|ডোমেনিকান প্রজাতন্ত্র|டொமினிகன் குடியரசு|جمہوریہ ڈومينيکن|
  สาธารณรัฐโดมินิกัน|cong hoa dominica|republik dominika|republik dominica|jamhuri ya dominika|多米尼加共和国|多明尼加共和國|ドミニカ共和国|도미니카 공화국|
  dominikanesch republik|dominikaanse republiek
DZ:dza|algeria|algerien|algerie|argelia|algerije|algeriet|alsir|an ailgeir|algieria|alzirsko|alzirija|alzir|алжир|αλγερια|cezayir|alzeeria|
  alzyras|algjeri|l algerija|aljeria|alxeria|алжыр|ალჟირი|ալժիր|əlcəzair|jazoir|אלג יריה|الجزائر|الجزایر|अल्जीरिया|আলজেরিয়া|அல்ஜீரியா|
  الجیریا|แอลจีเรีย|aljazair|阿尔及利亚|阿爾及利亞|アルジェリア|알제리
EC:ecu|ecuador|equateur|equador|ekvador|eacuador|ekwador|еквадор|ισημερινοσ|ekvadora|ekvadoras|ekuador|l ekwador|эквадор|ეკვადორი|էկվադոր|
  אקוודור|الإكوادور|اکوادور|इक्वाडोर|ইকুয়েডর|ஈக்வடார்|ایکواڈور|เอกวาดอร์|厄瓜多尔|厄瓜多|エクアドル|에콰도르
EE:est|republic of estonia|estonia|estland|estonie|viro|eistland|an eastoin|estonsko|estonija|esztorszag|естония|εσθονια|estonya|eesti|
  igaunija|estija|estoni|l estonja|эстония|естонія|эстонія|ესტონეთი|էստոնիա|estoniya|אסטוניה|إستونيا|استونی|एस्टोनिया|এস্তোনিয়া|எஸ்டோனியா|
  اسٹونیا|เอสโตเนีย|爱沙尼亚|愛沙尼亞|エストニア|에스토니아
EG:egy|arab republic of egypt|egypt|agypten|egypte|egitto|egipto|egito|egypten|egypti|egyptaland|an eigipt|yr aifft|egipt|egipat|egyiptom|
  египет|αιγυπτοσ|misir|egiptus|egipte|egiptas|egjipt|l egittu|exipto|єгипет|егіпет|ეგვიპტე|եգիպտոս|мысыр|misr|מצרים|مصر|मिस्र|মিশর|
  எகிப்து|อียิปต์|ai cap|mesir|misri|埃及|エジプト|이집트|egipta
EH:esh|western sahara|westsahara|sahara occidental|sahara occidentale|saara ocidental|westelijke sahara|vastsahara|vestsahara|vest sahara|
  lansi sahara|vestur sahara|an sahara thiar|gorllewin sahara|sahara zachodnia|zapadni sahara|zapadna sahara|zahodna sahara|nyugat szahara|
  sahara occidentala|западна сахара|δυτικη σαχαρα|bati sahra|laane sahara|rietumsahara|vakaru sachara|saharaja perendimore|
  is sahara tal punent|mendebaldeko sahara|западная сахара|західна сахара|заходняя сахара|დასავლეთ საჰარა|արեւմտյան սահարա|qərbi saxara|
  батыс сахара|g arbiy sahroi kabir|סהרה המערבית|الصحراء الغربية|صحرای غربی|पश्चिमी सहारा|পশ্চিম সাহারা|மேற்கு சஹாரா|مغربی صحارا|
  ซาฮาราตะวันตก|tay sahara|sahara barat|kanlurang sahara|sahara magharibi|西撒哈拉|西サハラ|서사하라|wes sahara
ER:eri|eritrea|erythree|eritreia|an eiritre|erytrea|eritreja|eritreea|еритрея|ερυθραια|eritre|l eritrea|эритрея|эрытрэя|ერიტრეა|էրիթրեա|
  eritreya|אריתריאה|إريتريا|اریتره|इरिट्रिया|ইরিত্রিয়া|எரிட்ரியா|اریٹیریا|เอริเทรีย|厄立特里亚|厄利垂亞|エリトリア|에리트리아
ES:esp|kingdom of spain|spain|spanien|espagne|spagna|espana|espanha|spanje|spania|espanja|spann|an spainn|sbaen|hiszpania|spanelsko|
  spanielsko|spanija|spanjolska|spanyolorszag|испания|ισπανια|ispanya|hispaania|ispanija|spanja|espainia|espanya|іспанія|ესპანეთი|իսպանիա|
  ispaniya|ספרד|إسبانيا|اسپانیا|स्पेन|স্পেন|ஸ்பெயின்|ہسپانیہ|สเปน|tay ban nha|spanyol|sepanyol|uhispania|西班牙|スペイン|스페인
ET:eth|ethiopia|athiopien|ethiopie|etiopia|etiopien|an aetoip|etiopie|etiopija|етиопия|αιθιοπια|etiyopya|etioopia|etiopi|l etjopja|эфиопия|
  ефіопія|эфіопія|ეთიოპია|եթովպիա|efiopiya|אתיופיה|إثيوبيا|اتیوپی|इथियोपिया|ইথিওপিয়া|எத்தியோப்பியா|ایتھوپیا|เอธิโอเปีย|埃塞俄比亚|衣索比亞|エチオピア|
  에티오피아|ethiopien
FI:fin|suomi finland|republic of finland|finland|finnland|finlande|finlandia|suomi|an fhionlainn|y ffindir|finsko|finska|finnorszag|
  finlanda|финландия|φινλανδια|finlandiya|soome|somija|suomija|il finlandja|финляндия|фінляндія|фінляндыя|ფინეთი|ֆինլանդիա|פינלנד|فنلندا|
  فنلاند|फ़िनलैंड|ফিনল্যান্ড|பின்லாந்து|فن لینڈ|ฟินแลนด์|phan lan|ufini|芬兰|芬蘭|フィンランド|핀란드
FJ:fji|fiji|fidschi|fidji|figi|fiyi|fidzi|fidjieyjar|fidsi|fidzsi|фиджи|φιτζι|fidzis|fixhi|fixi|фіджі|фіджы|ფიჯი|ֆիջի|fici|פיג י|فيجي|فیجی|
  फ़िजी|ফিজি|ஃபிஜி|فجی|ฟิจิ|斐济|斐濟|フィジー|피지
FK:flk|falkland islands malvinas|falklands|malvinas|falkland islands|falklandinseln|iles malouines|isole falkland|islas malvinas|
  ilhas malvinas|falklandeilanden|falklandsoarna|falklandsoerne|falklandsoyene|falklandinsaaret|falklandseyjar|oileain fhaclainne|
  ynysoedd y falkland malvinas|falklandy|falklandske ostrovy|falklandski otoki|falklandski otoci|falkland szigetek|insulele falkland|
  фолкландски острови|νησοι φοκλαντ|falkland adalari|falklandi saared|folklenda salas|folklando salos|ishujt falkland|il gzejjer falkland|
  falklandak|illes falkland|illas malvinas|фолклендские о ва|фолклендські острови|фалклендскія астравы|ფოლკლენდის კუნძულები|
  ֆոլքլենդյան կղզիներ|folklend adalari|фолкленд аралдары|folklend orollari|איי פוקלנד|جزر فوكلاند|جزایر فالکلند|फ़ॉकलैंड द्वीपसमूह|
  ফকল্যান্ড দ্বীপপুঞ্জ|ஃபாக்லாந்து தீவுகள்|فاکلینڈ جزائر|หมู่เกาะฟอล์กแลนด์|quan dao falkland|kepulauan falkland|visiwa vya falkland|福克兰群岛|
  福克蘭群島|フォークランド諸島|포클랜드 제도|inslas falkland|falklandinselen|falklandeilande
FM:fsm|micronesia federated states of|federated states of micronesia|micronesia|mikronesien|micronesie|mikronesiafoderasjonen|mikronesia|
  an mhicrineis|mikronezja|mikronesie|mikronezia|mikronezija|micronezia|микронезия|μικρονησια|mikronezya|mikroneesia|mikronezi|
  il mikronezja|федеративные штаты микронезии|мікронезія|мікранезія|მიკრონეზია|միկրոնեզիա|mikroneziya|מיקרונזיה|ميكرونيزيا|میکرونزی|
  माइक्रोनेशिया|মাইক্রোনেশিয়া|மைக்ரோனேஷியா|مائکرونیشیا|ไมโครนีเซีย|密克罗尼西亚|密克羅尼西亞|ミクロネシア連邦|미크로네시아
FO:fro|faroe islands|faroer|iles feroe|isole faer oer|islas feroe|ilhas faroe|faeroer|faroarna|faeroerne|faeroyene|farsaaret|faereyjar|
  oileain fharo|ynysoedd ffaro|wyspy owcze|faerske ostrovy|ferski otoki|farski otoci|feroer szigetek|insulele feroe|фарьорски острови|
  νησοι φεροεσ|faroe adalari|faari saared|feru salas|fareru salos|ishujt faroe|il gzejjer faeroe|faroe uharteak|illes feroe|illas feroe|
  фарерские о ва|фарерські острови|фарэрскія астравы|ფარერის კუნძულები|ֆարերյան կղզիներ|farer adalari|фарер аралдары|farer orollari|
  איי פארו|جزر فارو|جزایر فارو|फ़ेरो द्वीपसमूह|ফ্যারো দ্বীপপুঞ্জ|ஃபாரோ தீவுகள்|جزائر فارو|หมู่เกาะแฟโร|quan dao faroe|kepulauan faroe|
  visiwa vya faroe|法罗群岛|法羅群島|フェロー諸島|페로 제도|inslas feroe|faroereilande
FR:fra|french republic|republique francaise|france metropolitaine|metropolitan france|france|frankreich|francia|franca|frankrijk|frankrike|
  frankrig|ranska|frakkland|an fhrainc|ffrainc|francja|francie|francuzsko|francija|francuska|franciaorszag|franta|франция|γαλλια|fransa|
  prantsusmaa|prancuzija|franza|frantzia|франція|францыя|საფრანგეთი|ֆրանսիա|fransiya|צרפת|فرنسا|فرانسه|फ़्रांस|ফ্রান্স|பிரான்ஸ்|فرانس|
  ฝรั่งเศส|phap|prancis|perancis|ufaransa|法国|法國|フランス|프랑스|frantscha|frankraich|frankryk
GA:gab|gabon|gabun|gabao|an ghabuin|габон|γκαμπον|gabona|gabonas|il gabon|გაბონი|գաբոն|qabon|גבון|الغابون|گابن|गैबॉन|গ্যাবন|கேபான்|گیبون|
  กาบอง|加蓬|加彭|ガボン|가봉|gaboen
GB:gbr|great britain|britain|united kingdom of great britain and northern ireland|united kingdom of great britain|england|scotland|wales|
  northern ireland|u k|g b|gb nir|grossbritannien|grande bretagne|gran bretagna|gran bretana|gra bretanha|groot brittannie|storbritannien|
  storbritannia|wielka brytania|angleterre|inghilterra|inglaterra|schottland|ecosse|schotland|engeland|cymru|alba|united kingdom|uk|
  vereinigtes konigreich|royaume uni|r u|regno unito|reino unido|ru|verenigd koninkrijk|vk|iso britannia|britannia|bretland|
  an riocht aontaithe|ra|y deyrnas unedig|du|wlk bryt|spojene kralovstvi|gb|spojene kralovstvo|zdruzeno kraljestvo|zk|
  ujedinjeno kraljevstvo|egyesult kiralysag|regatul unit|обединеното кралство|ηνωμενο βασιλειο|ηβ|birlesik krallik|bk|uhendkuningriik|
  apvienota karaliste|jungtine karalyste|jk|mbreteria e bashkuar|mb|ir renju unit|erresuma batua|eb|regne unit|великобритания|британия|
  велика британія|вялікабрытанія|გაერთიანებული სამეფო|გაერთ სამ|միացյալ թագավորություն|մթ|birləsmis kralliq|ұлыбритания|buyuk britaniya|
  britaniya|בריטניה|المملكة المتحدة|بریتانیا|यूनाइटेड किंगडम|यू के|যুক্তরাজ্য|ইউ কে|யுனைடெட் கிங்டம்|யூகே|سلطنت متحدہ|یو کے|สหราชอาณาจักร|
  vuong quoc anh|inggris raya|ufalme wa muungano|英国|英國|イギリス|영국|reginavel uni|groussbritannien|verenigde koninkryk
GD:grd|grenada|grenade|granada|greanada|гренада|γρεναδα|granade|грэнада|გრენადა|գրենադա|qrenada|גרנדה|غرينادا|گرنادا|ग्रेनाडा|গ্রেনাডা|
  கிரனெடா|گریناڈا|เกรเนดา|格林纳达|格瑞那達|グレナダ|그레나다
GE:geo|republic of georgia|georgia|georgien|georgie|an tseoirsia|gruzja|gruzie|gruzinsko|gruzija|gruzia|грузия|γεωργια|gurcistan|gruusia|
  gjeorgji|il georgia|xeorxia|грузія|საქართველო|վրաստան|gurcustan|gruziya|גאורגיה|جورجيا|گرجستان|जॉर्जिया|জর্জিয়া|ஜார்ஜியா|جارجیا|
  จอร์เจีย|jojia|格鲁吉亚|喬治亞|ジョージア|조지아
GF:guf|french guiana|franzosisch guayana|guyane francaise|guyana francese|guayana francesa|guiana francesa|frans guyana|franska guyana|
  fransk guyana|ranskan guayana|franska gvaejana|guain na fraince|guyane ffrengig|gujana francuska|francouzska guyana|francuzska guyana|
  francoska gvajana|francuska gijana|francia guyana|guyana franceza|френска гвиана|γαλλικη γουιανα|fransiz guyanasi|prantsuse guajaana|
  francijas gviana|prancuzijos gviana|guajana franceze|il guyana franciza|guyana frantsesa|guaiana francesa|французская гвиана|
  французька гвіана|французская гвіяна|საფრანგეთის გვიანა|ֆրանսիական գվիանա|fransa qvianasi|француз гвианасы|fransuz gvianasi|
  גיאנה הצרפתית|غويانا الفرنسية|گویان فرانسه|फ़्रेंच गुयाना|ফরাসী গায়ানা|பிரெஞ்சு கயானா|فرینچ گیانا|เฟรนช์เกียนา|guiana thuoc phap|
  guyana prancis|guiana perancis|guiana ya ufaransa|法属圭亚那|法屬圭亞那|仏領ギアナ|프랑스령 기아나|guyana franzosa|guayane
GG:ggy|guernsey|guernesey|geansai|ynys y garn|гърнзи|γκερνζι|gernsija|gernsis|gernsej|гернси|гернсі|გერნსი|գերնսի|gernsi|גרנזי|غيرنزي|
  گرنزی|गर्नसी|গার্নসি|கெர்ன்சி|گوئرنسی|เกิร์นซีย์|根西岛|根息|ガーンジー|건지
GH:gha|ghana|gana|гана|γκανα|gane|il ghana|განა|գանա|qana|גאנה|غانا|غنا|घाना|ঘানা|கானா|گھانا|กานา|加纳|迦納|ガーナ|가나
GI:gib|gibraltar|gibilterra|giobraltar|гибралтар|γιβραλταρ|cebelitarik|gibraltars|gibraltaras|gjibraltar|gibilta|xibraltar|гібралтар|
  გიბრალტარი|ջիբրալթար|cəbəllutariq|גיברלטר|جبل طارق|جبلالطارق|जिब्राल्टर|জিব্রাল্টার|ஜிப்ரால்டர்|جبل الطارق|ยิบรอลตาร์|直布罗陀|直布羅陀|ジブラルタル|
  지브롤터
GL:grl|greenland|gronland|groenland|groenlandia|gronlanti|graenland|an ghraonlainn|yr ynys las|grenlandia|gronsko|grenlandija|grenland|
  groenlanda|гренландия|γροιλανδια|groonimaa|grenlande|гренландія|грэнландыя|გრენლანდია|գրենլանդիա|qrenlandiya|grenlandiya|גרינלנד|
  غرينلاند|گرینلند|ग्रीनलैंड|গ্রীনল্যান্ড|கிரீன்லாந்து|گرین لینڈ|กรีนแลนด์|格陵兰|格陵蘭|グリーンランド|그린란드|gronlanda
GM:gmb|gambia|gambia the|gambie|an ghaimbia|gambija|гамбия|γκαμπια|gambiya|gambi|il gambja|гамбія|გამბია|գամբիա|qambiya|גמביה|غامبيا|
  گامبیا|गाम्बिया|গাম্বিয়া|காம்பியா|گیمبیا|แกมเบีย|冈比亚|甘比亞|ガンビア|감비아
GN:gin|guinea|guinee|guine|ginea|an ghuine|gini|gwinea|gvineja|guineea|гвинея|γουινεα|gine|il guinea|гвінея|გვინეა|գվինեա|qvineya|gvineya|
  גינאה|غينيا|گینه|गिनी|গিনি|கினியா|گنی|กินี|几内亚|幾內亞|ギニア|기니
GP:glp|guadeloupe|guadalupa|guadalupe|gvadelupeyjar|guadaluip|gwadelupa|gvadelup|guadelupa|гваделупа|γουαδελουπη|gvadelupa|guadelupe|
  гвадэлупа|გვადელუპა|գվադելուպա|qvadelupa|gvadelupe|גוואדלופ|غوادلوب|گوادلوپ|ग्वाडेलूप|গুয়াদেলৌপ|க்வாதேலோப்|گواڈیلوپ|กวาเดอลูป|瓜德罗普|瓜地洛普|
  グアドループ|과들루프
GQ:gnq|equatorial guinea|aquatorialguinea|guinee equatoriale|guinea equatoriale|guinea ecuatorial|guine equatorial|equatoriaal guinea|
  ekvatorialguinea|aekvatorialguinea|ekvatorial guinea|paivantasaajan guinea|midbaugs ginea|an ghuine mheanchiorclach|gini gyhydeddol|
  gwinea rownikowa|rovnikova guinea|ekvatorialna gvineja|ekvatorska gvineja|egyenlitoi guinea|guineea ecuatoriala|екваториална гвинея|
  ισημερινη γουινεα|ekvator ginesi|ekvatoriaal guinea|ekvatoriala gvineja|pusiaujo gvineja|guineja ekuatoriale|il guinea ekwatorjali|
  ekuatore ginea|guinea equatorial|экваториальная гвинея|екваторіальна гвінея|экватарыяльная гвінея|ეკვატორული გვინეა|հասարակածային գվինեա|
  ekvatorial qvineya|экваторлық гвинея|ekvatorial gvineya|גינאה המשוונית|غينيا الاستوائية|گینهٔ استوایی|इक्वेटोरियल गिनी|নিরক্ষীয় গিনি|
  ஈக்வடோரியல் கினியா|استوائی گیانا|อิเควทอเรียลกินี|guinea xich dao|guinea ekuatorial|guinea khatulistiwa|guinea ya ikweta|赤道几内亚|赤道幾內亞|
  赤道ギニア|적도 기니|guinea equatoriala|equatorialguinea|ekwatoriaal guinee
GR:grc|hellas|hellenic republic|ellada|ellas|el|greece|griechenland|grece|grecia|griekenland|grekland|graekenland|kreikka|grikkland|
  an ghreig|gwlad groeg|grecja|recko|grecko|grcija|grcka|gorogorszag|гърция|ελλαδα|yunanistan|kreeka|griekija|graikija|greqi|il grecja|
  grezia|греция|греція|грэцыя|საბერძნეთი|հունաստան|грекия|gretsiya|יוון|اليونان|یونان|यूनान|গ্রীস|கிரீஸ்|กรีซ|hy lap|yunani|ugiriki|希腊|希臘|
  ギリシャ|그리스|griicheland|griekeland
GT:gtm|guatemala|gvatemala|guatamala|gwatemala|гватемала|γουατεμαλα|guatemale|il gwatemala|гватэмала|გვატემალა|գվատեմալա|qvatemala|גואטמלה|
  غواتيمالا|گواتمالا|ग्वाटेमाला|গুয়াতেমালা|கவுதமாலா|گواٹے مالا|กัวเตมาลา|危地马拉|瓜地馬拉|グアテマラ|과테말라
GU:gum|guam|gvam|гуам|γκουαμ|guama|guamas|გუამი|գուամ|quam|גואם|غوام|گوام|गुआम|গুয়াম|குவாம்|กวม|关岛|關島|グアム
GW:gnb|guinea bissau|guinee bissau|guinea bisau|guine bissau|ginea bissa|gwinea bissau|gvineja bissau|gvineja bisau|bissau guinea|
  guineea bissau|гвинея бисау|γουινεα μπισαου|gine bissau|gvineja bisava|bisau gvineja|guine bisau|il guinea bissau|ginea bissau|
  гвінея бісау|გვინეა ბისაუ|գվինեա բիսաու|qvineya bisau|gvineya bisau|גינאה ביסאו|غينيا بيساو|گینهٔ بیسائو|गिनी बिसाउ|গিনি বিসাউ|
  கினியா பிஸ்ஸாவ்|گنی بساؤ|กินี บิสเซา|ginebisau|几内亚比绍|幾內亞比索|ギニアビサウ|기니비사우
GY:guy|guyana|guiana|gvaejana|an ghuain|gujana|gvajana|гаяна|γουιανα|gajana|guajane|il guyana|гаиана|გაიანა|գայանա|qayana|gayana|גיאנה|
  غيانا|گویان|गुयाना|গিয়ানা|கயானா|گیانا|กายอานา|圭亚那|蓋亞那|ガイアナ|가이아나
HK:hkg|hong kong|hong kong sar|hongkong|hong kong sar china|sonderverwaltungsregion hongkong|r a s chinoise de hong kong|ras di hong kong|
  rae de hong kong china|hong kong rae da china|hongkong sar van china|hongkong sar|sar hongkong|hongkong sar kina|
  hongkong kiinan erityishallintoalue|serstjornarsvaedid hong kong|sainreigiun riarachain hong cong daonphoblacht na sine|hong cong|
  hong kong sar tsieina|sra hongkong chiny|hongkong zao ciny|hongkong oao ciny|posebno upravno obmocje ljudske republike kitajske hongkong|
  pup hong kong kina|hongkong kkt|r a s hong kong china|хонконг сар на китаи|хонконг|χονγκ κονγκ εδπ κινασ|χονγκ κονγκ|cin hong kong oib|
  hongkongi erihalduspiirkond|kinas ipasas parvaldes apgabals honkonga|honkonga|ypatingasis administracinis kinijos regionas honkongas|
  honkongas|rpa i hong kongut|ir regjun amministrattiv specjali ta hong kong tar repubblika tal poplu tac cina|hong kong txinako aeb|
  hong kong rae xina|гонконг сар|гонконг|гонконг оар китаю|ганконг сар кітаи|ганконг|ჰონკონგის სპეციალური ადმინისტრაციული რეგიონი ჩინეთი|
  ჰონკონგი|հոնկոնգի հվշ|հոնկոնգ|honq konq xususi inzibati rayonu cin|honq konq|сянган аәа|сянган|gonkong xitoy mmh|gonkong|
  הונג קונג אזור מנהלי מיוחד של סין|הונג קונג|هونغ كونغ الصينية منطقة إدارية خاصة|هونغ كونغ|هنگکنگ منطقهٔ ویژهٔ اداری چین|هنگکنگ|
  हाँग काँग चीन विशेष प्रशासनिक क्षेत्र|हाँग काँग|হংকং এসএআর চীনা|হংকং|ஹாங்காங் எஸ்ஏஆர் சீனா|ஹாங்காங்|ہانگ کانگ sar چین|ہانگ کانگ|
  เขตปกครองพิเศษฮ่องกงแห่งสาธารณรัฐประชาชนจีน|ฮ่องกง|dac khu hanh chinh hong kong trung quoc|hong kong dak tiongkok|中国香港特别行政区|香港|中國香港特別行政區|
  中華人民共和国香港特別行政区|홍콩 중국 특별행정구|홍콩|regiun d administraziun speziala hongkong china|spezialverwaltungszon hong kong|hongkong sas china
HN:hnd|honduras|хондурас|ονδουρα|hondurasa|il honduras|hondures|гондурас|гандурас|ჰონდურასი|հոնդուրաս|gonduras|הונדורס|هندوراس|होंडूरास|
  হন্ডুরাস|ஹோண்டூராஸ்|ہونڈاروس|ฮอนดูรัส|洪都拉斯|宏都拉斯|ホンジュラス|온두라스
HR:hrv|republic of croatia|croatia|kroatien|croatie|croazia|croacia|kroatie|kroatia|an chroit|chorwacja|chorvatsko|hrvaska|hrvatska|
  horvatorszag|хърватия|κροατια|hirvatistan|horvaatia|horvatija|kroatija|kroaci|il kroazja|kroazia|хорватия|хорватія|харватыя|ხორვატია|
  խորվաթիա|xorvatiya|קרואטיה|كرواتيا|کرواسی|क्रोएशिया|ক্রোয়েশিয়া|குரோஷியா|کروشیا|โครเอเชีย|kroasia|克罗地亚|克羅埃西亞|クロアチア|크로아티아|kroasie
HT:hti|haiti|хаити|αιτη|haitis|il haiti|гаити|гаіті|гаіці|ჰაიტი|հայիթի|gaiti|האיטי|هايتي|هائیتی|हैती|হাইতি|ஹைட்டி|ہیٹی|เฮติ|海地|ハイチ|아이티
HU:hun|republic of hungary|hungary|ungarn|hongrie|ungheria|hungria|hongarije|ungern|unkari|ungverjaland|an ungair|hwngari|wegry|madarsko|
  madzarska|madarska|magyarorszag|ungaria|унгария|ουγγαρια|macaristan|ungari|ungarija|vengrija|hungari|l ungerija|hungaria|hongria|венгрия|
  угорщина|венгрыя|უნგრეთი|հունգարիա|vengriya|הונגריה|هنغاريا|مجارستان|हंगरी|হাঙ্গেরি|ஹங்கேரி|ہنگری|ฮังการี|匈牙利|ハンガリー|헝가리|hongarye
ID:idn|republic of indonesia|indonesia|indonesien|indonesie|an indineis|indonezja|indonezia|indonezija|индонезия|ινδονησια|endonezya|
  indoneesia|indonezi|l indonezja|індонезія|інданезія|ინდონეზია|ինդոնեզիա|indoneziya|אינדונזיה|إندونيسيا|اندونزی|इंडोनेशिया|ইন্দোনেশিয়া|
  இந்தோனேசியா|انڈونیشیا|อินโดนีเซีย|印度尼西亚|印尼|インドネシア|인도네시아
IE:irl|republic of ireland|eire|irish republic|ireland republic of|ireland|irland|irlande|irlanda|ierland|irlanti|iwerddon|irlandia|irsko|
  irska|irorszag|ирландия|ιρλανδια|iirimaa|irija|airija|l irlanda|ірландія|ірландыя|ირლანდია|իռլանդիա|irlandiya|אירלנד|أيرلندا|ایرلند|
  आयरलैंड|আয়ারল্যান্ড|அயர்லாந்து|آئرلینڈ|ไอร์แลนด์|ayalandi|爱尔兰|愛爾蘭|アイルランド|아일랜드
IL:isr|state of israel|israel|israele|iosrael|izrael|израел|ισραηλ|israil|iisrael|izraela|izraelis|израиль|ізраіль|ისრაელი|իսրայել|isroil|
  ישראל|إسرائيل|اسرائیل|इज़राइल|ইজরায়েল|இஸ்ரேல்|อิสราเอล|israeli|以色列|イスラエル|이스라엘
IM:imn|isle of man|ile de man|isola di man|isla de man|ilha de man|man|mansaari|mon|oilean mhanann|ynys manaw|wyspa man|ostrov man|
  otok man|man sziget|insula man|остров ман|νησοσ του μαν|man adasi|mani saar|menas sala|meno sala|ishulli i manit|man uhartea|illa de man|
  о в мэн|острів мен|вострау мэн|მენის კუნძული|մեն կղզի|men adasi|мэн аралы|men oroli|האי מאן|جزيرة مان|جزیرهٔ من|आइल ऑफ़ मैन|আইল অফ ম্যান|
  ஐல் ஆஃப் மேன்|آئل آف مین|เกาะแมน|dao man|pulau man|kisiwa cha man|马恩岛|曼島|マン島|맨섬|insla da man|eiland man
IN:ind|republic of india|bharat|india|indien|inde|intia|indland|an india|indie|indija|индия|ινδια|hindistan|indi|l indja|індія|індыя|
  ინდოეთი|հնդկաստան|үндістан|hindiston|הודו|الهند|هند|भारत|ভারত|இந்தியா|بھارت|อินเดีย|an do|印度|インド|인도
IO:iot|british indian ocean territory|britisches territorium im indischen ozean|territoire britannique de l ocean indien|
  territorio britannico dell oceano indiano|territorio britanico del oceano indico|territorio britanico do oceano indico|
  brits indische oceaanterritorium|brittiska territoriet i indiska oceanen|det britiske territorium i det indiske ocean|
  det britiske territoriet i indiahavet|brittilainen intian valtameren alue|bresku indlandshafseyjar|crioch aigean indiach na breataine|
  tiriogaeth brydeinig cefnfor india|brytyjskie terytorium oceanu indyjskiego|britske indickooceanske uzemi|britske indickooceanske uzemie|
  britansko ozemlje v indijskem oceanu|britanski indijskooceanski teritorij|brit indiai oceani terulet|
  teritoriul britanic din oceanul indian|британска територия в индииския океан|βρετανικα εδαφη ινδικου ωκεανου|
  britanya hint okyanusu topraklari|briti india ookeani ala|indijas okeana britu teritorija|indijos vandenyno britu sritis|
  territori britanik i oqeanit indian|indiako ozeanoko lurralde britainiarra|territori britanic de l ocea indic|
  британская территория в индииском океане|британська територія в індіиському океані|брытанская тэрыторыя у індыискім акіяне|
  ბრიტანეთის ტერიტორია ინდოეთის ოკეანეში|բրիտանական տարածք հնդկական օվկիանոսում|britaniyanin hind okeani ərazisi|
  үнді мұхитындағы британ аимағы|britaniyaning hind okeanidagi hududi|הטריטוריה הבריטית באוקיינוס ההודי|الإقليم البريطاني في المحيط الهندي|
  قلمرو بریتانیا در اقیانوس هند|ब्रिटिश हिंद महासागरीय क्षेत्र|ব্রিটিশ ভারত মহাসাগরীয় অঞ্চল|பிரிட்டிஷ் இந்தியப் பெருங்கடல் பிரதேசம்|
  برطانوی بحر ہند کا علاقہ|บริติชอินเดียนโอเชียนเทร์ริทอรี|lanh tho an do duong thuoc anh|wilayah inggris di samudra hindia|
  wilayah lautan hindi british|eneo la uingereza katika bahari hindi|英属印度洋领地|英屬印度洋領地|英領インド洋地域|영국령 인도양 지역|
  territori britannic da l ocean indic|brits indiese oseaangebied
IQ:irq|iraq|irak|iraque|an iaraic|irac|ирак|ιρακ|iraak|iraka|irakas|l iraq|ірак|ერაყი|իրաք|iroq|עיראק|العراق|عراق|इराक|ইরাক|ஈராக்|อิรัก|
  iraki|伊拉克|イラク|이라크
IR:irn|iran islamic republic of|islamic republic of iran|persia|iran|ira|an iarain|иран|ιραν|iraan|irana|iranas|l iran|іран|ირანი|իրան|
  eron|איראן|إيران|ایران|ईरान|ইরান|ஈரான்|อิหร่าน|伊朗|イラン|이란
IS:isl|iceland|island|islande|islanda|islandia|ijsland|islanti|an ioslainn|gwlad yr ia|islandija|izland|исландия|ισλανδια|izlanda|
  l izlanda|ісландія|ісландыя|ისლანდია|իսլանդիա|islandiya|איסלנד|آيسلندا|ایسلند|आइसलैंड|আইসল্যান্ড|ஐஸ்லாந்து|آئس لینڈ|ไอซ์แลนด์|aisilandi|
  冰岛|冰島|アイスランド|아이슬란드|ysland
IT:ita|italian republic|repubblica italiana|italy|italien|italie|italia|an iodail|yr eidal|wlochy|taliansko|italija|olaszorszag|италия|
  ιταλια|italya|itaalia|itali|l italja|італія|იტალია|իտալիա|italiya|איטליה|إيطاليا|ایتالیا|इटली|ইতালি|இத்தாலி|اٹلی|อิตาลี|意大利|義大利|イタリア|
  이탈리아
JE:jey|jersey|geirsi|джърси|τζερζι|dzersija|dzersis|xhersej|джерси|джерсі|джэрсі|ჯერსი|ջերսի|cersi|jersi|ג רזי|جيرسي|جرزی|जर्सी|জার্সি|
  ஜெர்சி|جرسی|เจอร์ซีย์|泽西岛|澤西島|ジャージー|저지
JM:jam|jamaica|jamaika|jamaique|giamaica|iamaice|jamajka|ямаика|τζαμαικα|xhamajke|il gamajka|xamaica|იამაიკა|ճամայկա|yamayka|ג מייקה|
  جامايكا|جامائیکا|जमैका|জামাইকা|ஜமைக்கா|جمائیکا|จาเมกา|牙买加|牙買加|ジャマイカ|자메이카
JO:jor|jordan|jordanien|jordanie|giordania|jordania|an iordain|gwlad iorddonen|jordansko|jordanija|iordania|иордания|ιορδανια|urdun|
  jordaania|jordani|il gordan|xordania|иорданія|іарданія|იორდანია|հորդանան|iordaniya|ירדן|الأردن|اردن|जॉर्डन|জর্ডন|ஜோர்டான்|จอร์แดน|
  yordania|约旦|約旦|ヨルダン|요르단
JP:jpn|nippon|nihon|japan|japon|giappone|japao|japani|an tseapain|japonia|japonsko|japonska|япония|ιαπωνια|japonya|jaapan|japana|japonija|
  japoni|il gappun|japo|xapon|японія|იაპონია|ճապոնիա|yaponiya|жапония|יפן|اليابان|ژاپن|जापान|জাপান|ஜப்பான்|جاپان|ญี่ปุ่น|nhat ban|jepang|
  jepun|日本|일본|giapun
KE:ken|kenya|kenia|quenia|an cheinia|kena|kenija|кения|κενυα|keenia|il kenja|кенія|კენია|քենիա|keniya|קניה|كينيا|کنیا|केन्या|কেনিয়া|
  கென்யா|کینیا|เคนยา|肯尼亚|肯亞|ケニア|케냐
KG:kgz|kyrgyz republic|kyrgyzstan|kirgisistan|kirghizstan|kirghizistan|kirguistan|quirguistao|kirgizie|kirgizistan|kirgisia|kirgistan|
  an chirgeastain|kirgizsko|kirgizisztan|kargazstan|киргизстан|κιργισταν|korgozstan|kirgizstana|kirgizija|kirgizi|il kirgizistan|
  kirguizstan|kirguizistan|киргизия|кыргызстан|ყირგიზეთი|ղրղզստան|qirgizistan|қырғызстан|qirgʻiziston|קירגיזסטן|قيرغيزستان|قرقیزستان|
  किर्गिज़स्तान|কিরগিজিস্তান|கிர்கிஸ்தான்|کرغزستان|คีร์กีซสถาน|kirgizstan|kirigizistani|吉尔吉斯斯坦|吉爾吉斯|キルギス|키르기스스탄|kirghistan
KH:khm|cambodia|kambodscha|cambodge|cambogia|camboya|camboja|cambodja|kambodja|kambodsja|kambodza|kambodia|an chamboid|kambodzsa|cambodgia|
  камбоджа|καμποτζη|kambocya|kamboxhia|il kambodja|kanbodia|camboxa|კამბოჯა|կամբոջա|kamboca|קמבודיה|كمبوديا|کامبوج|कंबोडिया|কম্বোডিয়া|
  கம்போடியா|کمبوڈیا|กัมพูชา|campuchia|kamboja|kemboja|柬埔寨|カンボジア|캄보디아|cambodscha
KI:kir|kiribati|quiribati|ciribeas|кирибати|κιριμπατι|kiribatis|кірибаті|кірыбаці|კირიბატი|կիրիբատի|קיריבאטי|كيريباتي|کیریباتی|किरिबाती|
  কিরিবাতি|கிரிபாட்டி|کریباتی|คิริบาส|基里巴斯|吉里巴斯|キリバス|키리바시
KM:com|comoros|komoren|comores|comore|comoras|comoren|komorerna|comorerne|komorene|komorit|komoreyjar|oileain chomora|komory|komori|
  comore szigetek|коморски острови|κομορεσ|komorlar|komoorid|komoru salas|komorai|komore|komoreak|коморы|комори|каморскія астравы|
  კომორის კუნძულები|կոմորյան կղզիներ|komor adalari|комор аралдары|komor orollari|קומורו|جزر القمر|کومور|कोमोरोस|কমোরোস|கோமரோஸ்|کوموروس|
  คอโมโรส|komoro|科摩罗|葛摩|コモロ|코모로
KN:kna|saint kitts and nevis|saint kitts|saint kitts und nevis|saint christophe et nieves|saint kitts e nevis|san cristobal y nieves|
  sao cristovao e nevis|saint kitts en nevis|s t kitts och nevis|saint kitts og nevis|saint kitts ja nevis|sankti kitts og nevis|
  san criostoir nimheas|saint kitts a nevis|saint kitts i nevis|svaty krystof a nevis|svaty kristof a nevis|sveti kristof in nevis|
  sveti kristofor i nevis|saint kitts es nevis|saint kitts si nevis|сеинт китс и невис|σεν κιτσ και νεβισ|saint kitts ve nevis|
  sentkitsa un nevisa|sent kitsas ir nevis|shen kits dhe nevis|saint kitts u nevis|saint kitts eta nevis|сент китс и невис|
  сент кітс і невіс|სენტ კიტსი და ნევისი|սենթ քիտս եւ նեւիս|sent kits və nevis|сент китс және невис|sent kits va nevis|סנט קיטס ונוויס|
  سانت كيتس ونيفيس|سنت کیتس و نویس|सेंट किट्स और नेविस|সেন্ট কিটস ও নেভিস|செயின்ட் கிட்ஸ் and நெவிஸ்|سینٹ کٹس اور نیویس|เซนต์คิตส์และเนวิส|
  saint kitts va nevis|saint kitts dan nevis|saint kitts na nevis|圣基茨和尼维斯|聖克里斯多福及尼維斯|セントクリストファー ネーヴィス|세인트키츠 네비스|son cristof e nevis|
  saint kitts an nevis|sint kitts en nevis
KP:prk|north korea|democratic people s republic of korea|korea democratic people s republic of|korea north|dprk|nordkorea|coree du nord|
  corea del nord|corea del norte|coreia do norte|noord korea|nord korea|pohjois korea|nordur korea|an choire thuaidh|gogledd corea|
  korea polnocna|severni korea|severna korea|severna koreja|sjeverna koreja|eszak korea|coreea de nord|северна корея|βορεια κορεα|
  kuzey kore|pohja korea|ziemelkoreja|siaures koreja|kore e veriut|il korea ta fuq|ipar korea|corea do norte|кндр|північна корея|
  пауночная карэя|ჩრდილოეთ კორეა|հյուսիսային կորեա|simali koreya|солтүстік корея|shimoliy koreya|קוריאה הצפונית|كوريا الشمالية|کرهٔ شمالی|
  उत्तर कोरिया|উত্তর কোরিয়া|வட கொரியா|شمالی کوریا|เกาหลีเหนือ|trieu tien|korea utara|hilagang korea|korea kaskazini|朝鲜|北韓|北朝鮮|북한|
  corea dal nord
KR:kor|south korea|republic of korea|korea republic of|korea south|korea|rok|sudkorea|coree du sud|corea del sud|corea del sur|
  coreia do sul|zuid korea|sydkorea|sor korea|etela korea|sudur korea|an choire theas|de corea|korea poludniowa|jizni korea|juzna korea|
  juzna koreja|del korea|coreea de sud|южна корея|νοτια κορεα|guney kore|louna korea|dienvidkoreja|pietu koreja|kore e jugut|
  il korea t isfel|hego korea|corea do sur|республика корея|південна корея|паудневая карэя|სამხრეთ კორეა|հարավային կորեա|cənubi koreya|
  оңтүстік корея|janubiy koreya|קוריאה הדרומית|كوريا الجنوبية|کرهٔ جنوبی|दक्षिण कोरिया|দক্ষিণ কোরিয়া|தென் கொரியா|جنوبی کوریا|เกาหลีใต้|
  han quoc|korea selatan|timog korea|korea kusini|韩国|南韓|韓国|대한민국|한국|corea dal sid|suid korea
KW:kwt|kuwait|koweit|koeweit|kuveit|cuait|kuwejt|kuvajt|kuvait|kuweit|кувеит|κουβειτ|kuveyt|kuveita|kuveitas|il kuwajt|ქუვეითი|քուվեյթ|
  quvayt|כווית|الكويت|کویت|कुवैत|কুয়েত|குவைத்|คูเวต|科威特|クウェート|쿠웨이트
KY:cym|cayman islands|kaimaninseln|iles caimans|isole cayman|islas caiman|ilhas cayman|kaaimaneilanden|caymanoarna|caymanoerne|caymanoyene|
  caymansaaret|caymaneyjar|oileain cayman|ynysoedd cayman|kajmany|kajmanske ostrovy|kajmanie ostrovy|kajmanji otoki|kajmanski otoci|
  kajman szigetek|insulele cayman|каиманови острови|νησοι κειμαν|cayman adalari|kaimanisaared|kaimanu salas|kaimanu salos|ishujt kajman|
  il gzejjer cayman|kaiman uharteak|illes caiman|illas caiman|о ва каиман|каиманові острови|каиманавы астравы|კაიმანის კუნძულები|
  կայմանյան կղզիներ|kayman adalari|каиман аралдары|kayman orollari|איי קיימן|جزر كايمان|جزایر کِیمن|कैमेन द्वीपसमूह|কেম্যান দ্বীপপুঞ্জ|
  கெய்மென் தீவுகள்|کیمین آئلینڈز|หมู่เกาะเคย์แมน|quan dao cayman|kepulauan cayman|visiwa vya cayman|开曼群岛|開曼群島|ケイマン諸島|케이맨 제도|inslas cayman|
  kaimaninselen|kaaimanseilande
KZ:kaz|republic of kazakhstan|kazakhstan|kasachstan|kazakistan|kazajistan|cazaquistao|kazachstan|kazakstan|kasakhstan|kasakstan|
  an chasacstain|kazahstan|kazahsztan|казахстан|καζακσταν|kasahstan|kazahstana|kazachstanas|il kazakistan|ყაზახეთი|ղազախստան|qazaxistan|
  қазақстан|qozogʻiston|קזחסטן|كازاخستان|قزاقستان|कज़ाखस्तान|কাজাখস্তান|கஸகஸ்தான்|قزاخستان|คาซัคสถาน|kazakistani|哈萨克斯坦|哈薩克|カザフスタン|카자흐스탄
LA:lao|lao people s democratic republic|lao pdr|laos|laosz|лаос|λαοσ|laosa|laosas|il laos|ლაოსი|լաոս|לאוס|لاوس|لائوس|लाओस|লাওস|லாவோஸ்|لاؤس|
  ลาว|老挝|寮國|ラオス|라오스
LB:lbn|lebanon|libanon|liban|libano|an liobain|libanus|ливан|λιβανοσ|lubnan|liibanon|libana|libanas|il libanu|ліван|ლიბანი|լիբանան|livan|
  לבנון|لبنان|लेबनान|লেবানন|லெபனான்|เลบานอน|li bang|黎巴嫩|レバノン|레바논
LC:lca|saint lucia|sainte lucie|santa lucia|s t lucia|sankti lusia|svata lucie|svata lucia|sveta lucija|sfanta lucia|сеинт лусия|
  αγια λουκια|sentlusija|sent lusija|shen lucia|santa luzia|сент люсия|сент люсія|სენტ ლუსია|սենթ լյուսիա|sent lusiya|sent lyusiya|
  סנט לוסיה|سانت لوسيا|سنت لوسیا|सेंट लूसिया|সেন্ট লুসিয়া|செயின்ட் லூசியா|سینٹ لوسیا|เซนต์ลูเซีย|圣卢西亚|聖露西亞|セントルシア|세인트루시아|sontga lucia|
  sint lucia
LI:lie|principality of liechtenstein|furstentum liechtenstein|liechtenstein|lichtinstein|lichtenstejnsko|lichtenstajnsko|lihtenstajn|
  лихтенщаин|λιχτενσταιν|lihtensteina|lichtensteinas|lihtenshtajn|il liechtenstein|лихтенштеин|ліхтенштеин|ліхтэнштэин|ლიხტენშტაინი|
  լիխտենշտեյն|lixtensteyn|lixtenshteyn|ליכטנשטיין|ليختنشتاين|لیختناشتاین|लिचेंस्टीन|লিচেনস্টেইন|லிச்செண்ஸ்டெய்ன்|لیشٹنسٹائن|ลิกเตนสไตน์|
  列支敦士登|列支敦斯登|リヒテンシュタイン|리히텐슈타인
LK:lka|ceylon|sri lanka|sri lanca|srilanka|шри ланка|σρι λανκα|sri lanke|is sri lanka|шрі ланка|шры ланка|შრი ლანკა|շրի լանկա|shri lanka|
  סרי לנקה|سريلانكا|سریلانکا|श्रीलंका|শ্রীলঙ্কা|இலங்கை|سری لنکا|ศรีลังกา|斯里兰卡|斯里蘭卡|スリランカ|스리랑카
LR:lbr|liberia|an libeir|liberie|liberija|либерия|λιβερια|liberya|libeeria|liberi|il liberja|ліберія|ліберыя|ლიბერია|լիբերիա|liberiya|
  ליבריה|ليبيريا|لیبریا|लाइबेरिया|লাইবেরিয়া|லைபீரியா|لائبیریا|ไลบีเรีย|利比里亚|賴比瑞亞|リベリア|라이베리아
LS:lso|lesotho|lesoto|leosota|лесото|λεσοτο|lesotas|il lesoto|лесота|ლესოთო|լեսոտո|לסוטו|ليسوتو|لسوتو|लेसोथो|লেসোথো|லெசோதோ|لیسوتھو|เลโซโท|
  莱索托|賴索托|レソト|레소토
LT:ltu|republic of lithuania|lithuania|litauen|lituanie|lituania|litouwen|liettua|lithaen|an liotuain|lithwania|litwa|litva|litvania|литва|
  λιθουανια|litvanya|leedu|lietuva|lituani|il litwanja|літва|ლიეტუვა|լիտվա|ליטא|ليتوانيا|لیتوانی|लिथुआनिया|লিথুয়ানিয়া|லிதுவேனியா|
  لیتھونیا|ลิทัวเนีย|立陶宛|リトアニア|리투아니아|litaue
LU:lux|grand duchy of luxembourg|luxemburg|letzebuerg|luxembourg|lussemburgo|luxemburgo|luxemborg|lucsamburg|lwcsembwrg|luksemburg|
  lucembursko|luxembursko|люксембург|λουξεμβουργο|luksemburga|liuksemburgas|il lussemburgu|luxenburgo|ლუქსემბურგი|լյուքսեմբուրգ|luksemburq|
  lyuksemburg|לוקסמבורג|لوكسمبورغ|لوکزامبورگ|लग्ज़मबर्ग|লাক্সেমবার্গ|லக்ஸ்சம்பர்க்|لکسمبرگ|ลักเซมเบิร์ก|卢森堡|盧森堡|ルクセンブルク|룩셈부르크
LV:lva|republic of latvia|latvia|lettland|lettonie|lettonia|letonia|letland|an laitvia|latfia|lotwa|lotyssko|latvija|lettorszag|латвия|
  λετονια|letonya|lati|letoni|il latvja|латвія|ლატვია|լատվիա|latviya|לטביה|لاتفيا|لتونی|लातविया|লাটভিয়া|லாட்வியா|لٹویا|ลัตเวีย|拉脱维亚|拉脫維亞|
  ラトビア|라트비아
LY:lby|libyan arab jamahiriya|state of libya|libya|libyen|libye|libia|libie|an libia|libija|либия|λιβυη|liibua|libi|il libja|ливия|лівія|
  ლიბია|լիբիա|liviya|לוב|ليبيا|لیبی|लीबिया|লিবিয়া|லிபியா|لیبیا|ลิเบีย|利比亚|利比亞|リビア|리비아
MA:mar|morocco|marokko|maroc|marocco|marruecos|marrocos|marocko|maraco|moroco|maroko|мароко|μαροκο|fas|maroka|marokas|marok|il marokk|
  marroc|марокко|марока|მაროკო|մարոկկո|mərakes|marokash|מרוקו|المغرب|مراکش|मोरक्को|মরক্কো|மொராக்கோ|โมร็อกโก|ma roc|maghribi|摩洛哥|モロッコ|모로코
MC:mco|principality of monaco|monaco|monako|монако|μονακο|monakas|манака|მონაკო|մոնակո|מונקו|موناكو|موناکو|मोनाको|মোনাকো|மொனாக்கோ|โมนาโก|
  摩纳哥|摩納哥|モナコ|모나코
MD:mda|moldova republic of|republic of moldova|moldova|republik moldau|moldavie|moldavia|moldavien|an mholdoiv|moldofa|moldawia|moldavsko|
  moldavija|republica moldova|молдова|μολδαβια|moldavi|il moldova|малдова|მოლდოვა|մոլդովա|מולדובה|مولدوفا|مولداوی|मॉल्डोवा|মলডোভা|மால்டோவா|
  مالدووا|มอลโดวา|摩尔多瓦|摩爾多瓦|モルドバ|몰도바|moldawien|moldowa
ME:mne|republic of montenegro|montenegro|svartfjallaland|montaineagro|czarnogora|cerna hora|cierna hora|crna gora|muntenegru|черна гора|
  μαυροβουνιο|karadag|melnkalne|juodkalnija|mal i zi|il montenegro|черногория|чорногорія|чарнагорыя|მონტენეგრო|չեռնոգորիա|monteneqro|
  chernogoriya|מונטנגרו|الجبل الأسود|مونتهنگرو|मोंटेनेग्रो|মন্টিনিগ্রো|மான்டேனெக்ரோ|مونٹے نیگرو|มอนเตเนโกร|黑山|蒙特內哥羅|モンテネグロ|몬테네그로
MF:maf|saint martin french part|saint martin|san martin|sao martinho|svaty martin francie|svaty martin fr|francoski sveti martin|
  sfantul martin|сен мартен|αγιοσ μαρτινοσ γαλλικο τμημα|senmartena|sen martenas|sen marten|сен мартэн|სენ მარტენი|սեն մարտեն|sent martin|
  סן מרטן|سان مارتن|سنت مارتین|सेंट मार्टिन|সেন্ট মার্টিন|செயின்ட் மார்ட்டீன்|سینٹ مارٹن|เซนต์มาร์ติน|法属圣马丁|法屬聖馬丁|サン マルタン|생마르탱|sint martin
MG:mdg|madagascar|madagaskar|madagaszkar|мадагаскар|μαδαγασκαρη|madagaskara|madagaskaras|მადაგასკარი|մադագասկար|madaqaskar|מדגסקר|مدغشقر|
  ماداگاسکار|मेडागास्कर|মাদাগাস্কার|மடகாஸ்கர்|مڈغاسکر|มาดากัสการ์|madagaska|马达加斯加|馬達加斯加|マダガスカル|마다가스카르
MH:mhl|marshall islands|marshallinseln|iles marshall|isole marshall|islas marshall|ilhas marshall|marshalleilanden|marshalloarna|
  marshalloerne|marshalloyene|marshallinsaaret|marshalleyjar|oileain marshall|ynysoedd marshall|wyspy marshalla|marshallovy ostrovy|
  marshallove ostrovy|marshallovi otoki|marsalovi otoci|marshall szigetek|insulele marshall|маршалови острови|νησοι μαρσαλ|
  marshall adalari|marshalli saared|marsala salas|marsalo salos|ishujt marshall|gzejjer marshall|marshall uharteak|illes marshall|
  illas marshall|маршалловы о ва|маршаллові острови|маршалавы астравы|მარშალის კუნძულები|մարշալյան կղզիներ|marsal adalari|маршалл аралдары|
  marshall orollari|איי מרשל|جزر مارشال|جزایر مارشال|मार्शल द्वीपसमूह|মার্শাল দ্বীপপুঞ্জ|மார்ஷல் தீவுகள்|مارشل آئلینڈز|หมู่เกาะมาร์แชลล์|
  quan dao marshall|kepulauan marshall|visiwa vya marshall|马绍尔群岛|馬紹爾群島|マーシャル諸島|마셜 제도|inslas da marshall|marshallinselen|marshalleilande
MK:mkd|macedonia|republic of north macedonia|macedonia the former yugoslav republic of|former yugoslav republic of macedonia|fyrom|
  republic of macedonia|north macedonia|nordmazedonien|macedoine du nord|macedonia del nord|macedonia del norte|macedonia do norte|
  noord macedonie|nordmakedonien|nord makedonia|pohjois makedonia|nordur makedonia|an mhacadoin thuaidh|gogledd macedonia|
  macedonia polnocna|severni makedonie|severne macedonsko|severna makedonija|sjeverna makedonija|eszak macedonia|macedonia de nord|
  северна македония|βορεια μακεδονια|kuzey makedonya|pohja makedoonia|ziemelmakedonija|siaures makedonija|maqedonia e veriut|
  il macedonja ta fuq|ipar mazedonia|северная македония|північна македонія|пауночная македонія|ჩრდილოეთ მაკედონია|հյուսիսային մակեդոնիա|
  simali makedoniya|солтүстік македония|shimoliy makedoniya|מקדוניה הצפונית|مقدونيا الشمالية|مقدونیهٔ شمالی|उत्तरी मकदूनिया|
  উত্তর ম্যাসেডোনিয়া|வடக்கு மாசிடோனியா|شمالی مقدونیہ|มาซิโดเนียเหนือ|bac macedonia|makedonia utara|macedonia utara|masedonia ya kaskazini|
  北马其顿|北馬其頓|北マケドニア|북마케도니아|macedonia dal nord
ML:mli|mali|maili|мали|μαλι|malis|il mali|малі|მალი|մալի|מאלי|مالي|مالی|माली|মালি|மாலி|มาลี|马里|馬利|マリ|말리
MM:mmr|burma|myanmar|myanmar burma|myanmar birmanie|myanmar birmania|mianmar birmania|myanmar birma|mjanmar burma|maenmar burma|
  mjanma birma|myanmar barma|mjanmarsko|mianmar|мианмар бирма|μιανμαρ βιρμανια|mianmaras birma|mianmar burme|il myanmar burma|мьянма бирма|
  м янма бірма|მიანმარი ბირმა|մյանմա բիրմա|myanma|myanma birma|מיאנמר בורמה|ميانمار بورما|میانمار برمه|म्यांमार बर्मा|মায়ানমার বার্মা|
  மியான்மர் பர்மா|میانمار برما|เมียนมา พม่า|myanmar mien dien|缅甸|緬甸|ミャンマー ビルマ|미얀마|mianmar birma
MN:mng|mongolia|mongolei|mongolie|mongoliet|an mhongoil|mongolsko|mongolija|монголия|μογγολια|mogolistan|mongoolia|mongoli|il mongolja|
  монголія|манголія|მონღოლეთი|մոնղոլիա|monqolustan|моңғолия|mongoliya|מונגוליה|منغوليا|مغولستان|मंगोलिया|মঙ্গোলিয়া|மங்கோலியா|منگولیا|
  มองโกเลีย|mong co|蒙古|モンゴル|몽골
MO:mac|macao|macau|macao sar china|sonderverwaltungsregion macau|r a s chinoise de macao|ras di macao|rae de macao china|
  macau rae da china|macau sar van china|macao sar|sar macao|macao sar kina|macao kiinan erityishallintoalue|serstjornarsvaedid makao|
  makao|sainreigiun riarachain macao daonphoblacht na sine|macau sar tsieina|sra makau chiny|makau|macao zao ciny|macao oao ciny|
  posebno upravno obmocje kitajske makav|makav|pup makao kina|makao kkt|r a s macao china|макао сар на китаи|макао|μακαο εδπ κινασ|μακαο|
  cin makao oib|macau erihalduspiirkond|ktr ipasais administrativais regions makao|ypatingasis administracinis kinijos regionas makao|
  rpa i makaos|ir regjun amministrattiv specjali tal macao tar repubblika tal poplu tac cina|il macao|macau txinako aeb|macau rae xina|
  макао сар|макао оар китаю|макаа сар кітаи|макаа|მაკაოს სპეციალური ადმინისტრაციული რეგიონი ჩინეთი|მაკაო|չինաստանի մակաո հվշ|մակաո|
  makao xir cin|макао аәа|makao xitoy mmh|מקאו אזור מנהלי מיוחד של סין|מקאו|منطقة ماكاو الإدارية الخاصة|مكاو|ماکائو منطقهٔ ویژهٔ اداری چین|
  ماکائو|मकाऊ विशेष प्रशासनिक क्षेत्र चीन|मकाऊ|ম্যাকাও এসএআর চীন|ম্যাকাও|மகாவ் எஸ்ஏஆர் சீனா|மகாவ்|مکاؤ sar چین|مکاؤ|
  เขตปกครองพิเศษมาเก๊าแห่งสาธารณรัฐประชาชนจีน|มาเก๊า|dac khu hanh chinh macao trung quoc|makau dak tiongkok|macau sar china|
  makau sar china|中国澳门特别行政区|澳门|中國澳門特別行政區|澳門|中華人民共和国マカオ特別行政区|マカオ|마카오 중국 특별행정구|마카오|regiun d administraziun speziala macao china|
  spezialverwaltungszon macau|macau sas china
MP:mnp|northern mariana islands|nordliche marianen|iles mariannes du nord|isole marianne settentrionali|islas marianas del norte|
  ilhas marianas do norte|noordelijke marianen|nordmarianerna|nordmarianerne|nord marianene|pohjois mariaanit|nordur marianaeyjar|
  na hoileain mhairianacha thuaidh|ynysoedd gogledd mariana|mariany polnocne|severni mariany|severne mariany|severni marianski otoki|
  sjevernomarijanski otoci|eszaki mariana szigetek|insulele mariane de nord|северни мариански острови|νησοι βορειεσ μαριανεσ|
  kuzey mariana adalari|pohja mariaanid|ziemelu marianas salas|marianos siaurines salos|ishujt e marianes veriore|
  gzejjer mariana tat tramuntana|ipar mariana uharteak|illes marianes del nord|illas marianas do norte|северные марианские о ва|
  північні маріанські острови|пауночныя марыянскія астравы|ჩრდილოეთ მარიანას კუნძულები|հյուսիսային մարիանյան կղզիներ|simali marian adalari|
  солтүстік мариана аралдары|shimoliy mariana orollari|איי מריאנה הצפוניים|جزر ماريانا الشمالية|جزایر ماریانای شمالی|
  उत्तरी मारियाना द्वीपसमूह|উত্তরাঞ্চলীয় মারিয়ানা দ্বীপপুঞ্জ|வடக்கு மரியானா தீவுகள்|شمالی ماریانا آئلینڈز|หมู่เกาะนอร์เทิร์นมาเรียนา|
  quan dao bac mariana|kepulauan mariana utara|visiwa vya mariana vya kaskazini|北马里亚纳群岛|北馬利安納群島|北マリアナ諸島|북마리아나제도|inslas mariannas dal nord|
  nerdlech marianen|noord mariane eilande
MQ:mtq|martinique|martinica|martinik|martynika|мартиника|μαρτινικα|martinika|martinike|мартиніка|марцініка|მარტინიკა|մարտինիկա|מרטיניק|
  جزر المارتينيك|مارتینیک|मार्टीनिक|মার্টিনিক|மார்டினிக்|مارٹینک|มาร์ตินีก|马提尼克|馬丁尼克|マルティニーク|마르티니크
MR:mrt|mauritania|mauretanien|mauritanie|maritania|an mharatain|mauretania|mavretanija|mauretanija|мавритания|μαυριτανια|moritanya|
  mauritaania|mauritanija|mauritani|il mauritania|мавританія|маурытанія|მავრიტანია|մավրիտանիա|mavritaniya|מאוריטניה|موريتانيا|موریتانی|
  मॉरिटानिया|মরিতানিয়া|மௌரிடானியா|موریطانیہ|มอริเตเนีย|moritania|毛里塔尼亚|茅利塔尼亞|モーリタニア|모리타니
MS:msr|montserrat|montsarat|монтсерат|μονσερατ|montserrata|montseratas|montserat|монтсеррат|мантсерат|მონსერატი|մոնսեռատ|monserat|מונסראט|
  مونتسرات|मोंटसेरात|মন্টসেরাট|மாண்ட்செராட்|مونٹسیراٹ|มอนต์เซอร์รัต|蒙特塞拉特|蒙哲臘|モントセラト|몬트세라트
MT:mlt|malta|malte|малта|μαλτα|мальта|მალტა|մալթա|מלטה|مالطا|مالت|माल्टा|মাল্টা|மால்டா|مالٹا|มอลตา|马耳他|馬爾他|マルタ|몰타
MU:mus|mauritius|maurice|mauricio|maritius|oilean mhuiris|mauricius|mavricij|mauricijus|мавриции|μαυρικιοσ|mauricija|maurizio|maurici|
  маврикии|маврикіи|маурыкіи|მავრიკი|մավրիկիոս|mavriki|mavrikiy|מאוריציוס|موريشيوس|موریس|मॉरीशस|মরিশাস|மொரிசியஸ்|ماریشس|มอริเชียส|morisi|
  毛里求斯|模里西斯|モーリシャス|모리셔스
MV:mdv|maldives|malediven|maldive|maldivas|maldiven|maldiverna|maldiverne|maldivene|malediivit|maldiveyjar|oileain mhaildive|y maldives|
  malediwy|maledivy|maldivy|maldivi|maldiv szigetek|малдиви|μαλδιβεσ|maldivler|maldiivid|maldivija|maldyvai|il maldivi|maldivak|мальдивы|
  мальдіви|мальдывы|მალდივები|մալդիվներ|maldiv adalari|мальдив аралдары|maldiv orollari|האיים המלדיביים|جزر المالديف|مالدیو|मालदीव|
  মালদ্বীপ|மாலத்தீவு|مالدیپ|มัลดีฟส์|maladewa|马尔代夫|馬爾地夫|モルディブ|몰디브|maledivas|maledive
MW:mwi|malawi|malaui|malavi|an mhalaiv|малави|μαλαουι|malavija|malavis|il malawi|малаві|მალავი|մալավի|מלאווי|ملاوي|مالاوی|मलावी|মালাউই|
  மலாவி|ملاوی|มาลาวี|马拉维|馬拉威|マラウイ|말라위
MX:mex|united mexican states|estados unidos mexicanos|mexico|mexiko|mexique|messico|meksiko|meicsiceo|mecsico|meksyk|mehika|mexic|мексико|
  μεξικο|meksika|mehhiko|meksike|il messiku|мексика|мексіка|მექსიკა|մեքսիկա|מקסיקו|المكسيك|مکزیک|मैक्सिको|মেক্সিকো|மெக்சிகோ|میکسیکو|
  เม็กซิโก|墨西哥|メキシコ|멕시코
MY:mys|federation of malaysia|malaysia|malaisie|malasia|maleisie|malesia|an mhalaeisia|malezja|malajsie|malajzia|malezija|малаизия|
  μαλαισια|malezya|malaisia|malaizija|malajzi|il malasja|малаизія|მალაიზია|մալայզիա|malayziya|מלזיה|ماليزيا|مالزی|मलेशिया|মালয়েশিয়া|
  மலேசியா|ملائشیا|มาเลเซีย|马来西亚|馬來西亞|マレーシア|말레이시아
MZ:moz|mozambique|mosambik|mozambico|mocambique|mosaimbic|mozambik|mozambic|мозамбик|μοζαμβικη|mosambiik|mozambika|mozambikas|
  il mozambique|mozambike|mocambic|мозамбік|мазамбік|მოზამბიკი|մոզամբիկ|מוזמביק|موزمبيق|موزامبیک|मोज़ांबिक|মোজাম্বিক|மொசாம்பிக்|موزمبیق|
  โมซัมบิก|msumbiji|莫桑比克|莫三比克|モザンビーク|모잠비크|mosambic|mosambiek
NA:nam|namibia|namibie|an namaib|namibija|намибия|ναμιμπια|namibya|namiibia|namibi|in namibja|намібія|ნამიბია|նամիբիա|namibiya|נמיביה|
  ناميبيا|نامیبیا|नामीबिया|নামিবিয়া|நமீபியா|นามิเบีย|纳米比亚|納米比亞|ナミビア|나미비아
NC:ncl|new caledonia|neukaledonien|nouvelle caledonie|nuova caledonia|nueva caledonia|nova caledonia|nieuw caledonie|nya kaledonien|
  ny kaledonien|ny caledonia|uusi kaledonia|nyja kaledonia|an nua chaladoin|caledonia newydd|nowa kaledonia|nova kaledonie|nova kaledonia|
  nova kaledonija|uj kaledonia|noua caledonie|нова каледония|νεα καληδονια|yeni kaledonya|uus kaledoonia|jaunkaledonija|naujoji kaledonija|
  kaledoni e re|kaledonia berria|новая каледония|нова каледонія|новая каледонія|ახალი კალედონია|նոր կալեդոնիա|yeni kaledoniya|
  жаңа каледония|yangi kaledoniya|קלדוניה החדשה|كاليدونيا الجديدة|کالدونیای جدید|न्यू कैलेडोनिया|নিউ ক্যালেডোনিয়া|நியூ கேலிடோனியா|
  نیو کلیڈونیا|นิวแคลิโดเนีย|kaledonia baru|新喀里多尼亚|新喀里多尼亞|ニューカレドニア|뉴칼레도니아|neikaledonien|nieu kaledonie
NE:ner|niger republic|niger|an nigir|нигер|νιγηρασ|nijer|nigera|nigeris|in niger|nixer|нігер|ნიგერი|նիգեր|ניז ר|النيجر|نیجر|नाइजर|নাইজার|
  நைஜர்|نائجر|ไนเจอร์|尼日尔|尼日|ニジェール|니제르
NF:nfk|norfolk island|norfolkinsel|ile norfolk|isola norfolk|isla norfolk|ilha norfolk|norfolk|norfolkon|norfolkoya|norfolkinsaari|
  norfolkeyja|oilean norfolk|ynys norfolk|norfolski otok|otok norfolk|norfolk sziget|insula norfolk|остров норфолк|νησοσ νορφολκ|
  norfolk adasi|norfolkas sala|norfolko sala|ishulli norfolk|gzira norfolk|norfolk uhartea|illa norfolk|о в норфолк|острів норфолк|
  вострау норфалк|ნორფოლკის კუნძული|նորֆոլկ կղզի|норфолк аралы|norfolk oroli|האי נורפוק|جزيرة نورفولك|جزیرهٔ نورفولک|नॉरफ़ॉक द्वीप|
  নরফোক দ্বীপ|நார்ஃபோக் தீவு|نارفوک آئلینڈ|เกาะนอร์ฟอล์ก|dao norfolk|kepulauan norfolk|pulau norfolk|kisiwa cha norfolk|诺福克岛|諾福克島|ノーフォーク島|
  노퍽섬|insla norfolk|norfolkeiland
NG:nga|nigeria|an nigeir|nigerie|nigerija|нигерия|νιγηρια|nijerya|nigeeria|nigeri|in nigerja|nixeria|нігерія|нігерыя|ნიგერია|նիգերիա|
  nigeriya|ניגריה|نيجيريا|نیجریه|नाइजीरिया|নাইজেরিয়া|நைஜீரியா|نائجیریا|ไนจีเรีย|尼日利亚|奈及利亞|ナイジェリア|나이지리아
NI:nic|nicaragua|nikaragva|nicearagua|nikaragua|никарагуа|νικαραγουα|in nikaragwa|нікарагуа|ნიკარაგუა|նիկարագուա|nikaraqua|ניקרגואה|
  نيكاراغوا|نیکاراگوئه|निकारागुआ|নিকারাগুয়া|நிகரகுவா|نکاراگووا|นิการากัว|nikaragwa|尼加拉瓜|ニカラグア|니카라과
NL:nld|holland|netherlands|kingdom of the netherlands|niederlande|hollande|olanda|holanda|pays bas|paesi bassi|paises bajos|paises baixos|
  nederland|nederlanderna|nederlandene|alankomaat|an isiltir|yr iseldiroedd|holandia|nizozemsko|holandsko|nizozemska|hollandia|
  tarile de jos|нидерландия|κατω χωρεσ|hollanda|niderlande|nyderlandai|holande|in netherlands|herbehereak|paisos baixos|нидерланды|
  нідерланди|нідэрланды|ნიდერლანდები|նիդեռլանդներ|niderland|нидерланд|niderlandiya|הולנד|هولندا|هلند|नीदरलैंड|নেদারল্যান্ডস|நெதர்லாந்து|
  نیدر لینڈز|เนเธอร์แลนด์|ha lan|belanda|uholanzi|荷兰|荷蘭|オランダ|네덜란드|pajais bass
NO:nor|kingdom of norway|norge|noreg|norway|norwegen|norvege|norvegia|noruega|noorwegen|norja|noregur|an iorua|norwy|norwegia|norsko|
  norveska|норвегия|νορβηγια|norvec|norra|norvegija|norvegji|in norvegja|норвегія|нарвегія|ნორვეგია|նորվեգիա|norvegiya|נורווגיה|النرويج|
  نروژ|नॉर्वे|নরওয়ে|நார்வே|ناروے|นอร์เวย์|na uy|挪威|ノルウェー|노르웨이|noorwee
NP:npl|nepal|neipeal|непал|νεπαλ|nepala|nepalas|in nepal|ნეპალი|նեպալ|נפאל|نيبال|نپال|नेपाल|নেপাল|நேபாளம்|نیپال|เนปาล|尼泊尔|尼泊爾|ネパール|네팔
NR:nru|nauru|naru|науру|ναουρου|ნაურუ|նաուրու|נאורו|ناورو|نائورو|नाउरु|নাউরু|நௌரு|نؤرو|นาอูรู|瑙鲁|諾魯|ナウル|나우루
NU:niu|niue|ниуе|νιουε|niuje|ниуэ|ніуе|ніуэ|ნიუე|նիուե|ניווה|نيوي|نیوئه|नीयू|নিউয়ে|நியுவே|نیئو|นีอูเอ|纽埃|紐埃島|ニウエ|니우에
NZ:nzl|aotearoa|new zealand aotearoa|new zealand|neuseeland|nouvelle zelande|nuova zelanda|nueva zelanda|nova zelandia|nieuw zeeland|
  nya zeeland|uusi seelanti|nyja sjaland|an nua shealainn|seland newydd|nowa zelandia|novy zeland|nova zelandija|novi zeland|uj zeland|
  noua zeelanda|нова зеландия|νεα ζηλανδια|yeni zelanda|uus meremaa|jaunzelande|naujoji zelandija|zelande e re|zeelanda berria|
  nova zelanda|новая зеландия|нова зеландія|новая зеландыя|ახალი ზელანდია|նոր զելանդիա|yeni zelandiya|жаңа зеландия|yangi zelandiya|
  ניו זילנד|نيوزيلندا|نیوزیلند|न्यूज़ीलैंड|নিউজিল্যান্ড|நியூசிலாந்து|نیوزی لینڈ|นิวซีแลนด์|selandia baru|nyuzilandi|新西兰|紐西蘭|ニュージーランド|뉴질랜드|
  neiseiland|nieu seeland
OM:omn|oman|oma|оман|ομαν|umman|omaan|omana|omanas|l oman|аман|ომანი|օման|ummon|עומאן|عُمان|عمان|ओमान|ওমান|ஓமன்|โอมาน|阿曼|オマーン|오만
PA:pan|panama|панама|παναμασ|il panama|პანამა|պանամա|פנמה|بنما|پاناما|पनामा|পানামা|பனாமா|پانامہ|ปานามา|巴拿马|巴拿馬|パナマ|파나마
PE:per|peru|perou|peiriu|periw|перу|περου|peruu|il peru|პერუ|պերու|פרו|بيرو|پرو|पेरू|পেরু|பெரு|پیرو|เปรู|秘鲁|秘魯|ペルー|페루
PF:pyf|french polynesia|franzosisch polynesien|polynesie francaise|polinesia francese|polinesia francesa|frans polynesie|
  franska polynesien|fransk polynesien|fransk polynesia|ranskan polynesia|franska polynesia|polaineis na fraince|polynesia ffrengig|
  polinezja francuska|francouzska polynesie|francuzska polynezia|francoska polinezija|francuska polinezija|francia polinezia|
  polinezia franceza|френска полинезия|γαλλικη πολυνησια|fransiz polinezyasi|prantsuse poluneesia|francijas polinezija|
  prancuzijos polinezija|polinezia franceze|polinezja franciza|polinesia frantsesa|французская полинезия|французька полінезія|
  французская палінезія|საფრანგეთის პოლინეზია|ֆրանսիական պոլինեզիա|fransa polineziyasi|француз полинезиясы|fransuz polineziyasi|
  פולינזיה הצרפתית|بولينيزيا الفرنسية|پلینزی فرانسه|फ़्रेंच पोलिनेशिया|ফরাসী পলিনেশিয়া|பிரெஞ்சு பாலினேஷியா|فرانسیسی پولینیشیا|
  เฟรนช์โปลินีเซีย|polynesia thuoc phap|polinesia prancis|polinesia perancis|polynesia ya ufaransa|法属波利尼西亚|法屬玻里尼西亞|仏領ポリネシア|프랑스령 폴리네시아|
  polinesia franzosa|franseisch polynesien|frans polinesie
PG:png|papua|papua new guinea|papua neuguinea|papouasie nouvelle guinee|papua nuova guinea|papua nueva guinea|papua nova guine|
  papoea nieuw guinea|papua nya guinea|papua ny guinea|papua uusi guinea|papua nyja ginea|nua ghuine phapua|papua guinea newydd|
  papua nowa gwinea|papua nova guinea|papua nova gvineja|papua uj guinea|papua noua guinee|папуа нова гвинея|παπουα νεα γουινεα|
  papua yeni gine|paapua uus guinea|papua jaungvineja|papua naujoji gvineja|guineja e re papua|papua ginea berria|папуа новая гвинея|
  папуа нова гвінея|папуа новая гвінея|პაპუა ახალი გვინეა|պապուա նոր գվինեա|papua yeni qvineya|папуа жаңа гвинея|papua yangi gvineya|
  פפואה גינאה החדשה|بابوا غينيا الجديدة|پاپوا گینهٔ نو|पापुआ न्यू गिनी|পাপুয়া নিউ গিনি|பப்புவா நியூ கினியா|پاپوآ نیو گنی|ปาปัวนิวกินี|
  papua nugini|巴布亚新几内亚|巴布亞紐幾內亞|パプアニューギニア|파푸아뉴기니|papua neiguinea|papoea nieu guinee
PH:phl|republic of the philippines|philippines the|philippines|philippinen|filippine|filipinas|filipijnen|filippinerna|filippinerne|
  filippinene|filippiinit|filippseyjar|na hoileain fhilipineacha|y philipinau|filipiny|filipini|fulop szigetek|filipine|филипини|
  φιλιππινεσ|filipinler|filipiinid|filipinai|il filippini|filipinak|filipines|филиппины|філіппіни|філіпіны|ფილიპინები|ֆիլիպիններ|filippin|
  филиппин аралдары|הפיליפינים|الفلبين|فیلیپین|फ़िलिपींस|ফিলিপাইন|பிலிப்பைன்ஸ்|فلپائن|ฟิลิปปินส์|filipina|pilipinas|ufilipino|菲律宾|菲律賓|
  フィリピン|필리핀|filippinas|philippinnen|filippyne
PK:pak|pakistan|paquistao|an phacastain|pacistan|pakisztan|пакистан|πακισταν|pakistana|pakistanas|il pakistan|paquistan|пакістан|პაკისტანი|
  պակիստան|пәкістан|pokiston|פקיסטן|باكستان|پاکستان|पाकिस्तान|পাকিস্তান|பாகிஸ்தான்|ปากีสถาน|pakistani|巴基斯坦|パキスタン|파키스탄
PL:pol|republic of poland|rzeczpospolita polska|poland|polen|pologne|polonia|puola|polland|an pholainn|gwlad pwyl|polska|polsko|poljska|
  lengyelorszag|полша|πολωνια|polonya|poola|polija|lenkija|poloni|il polonja|польша|польща|польшча|პოლონეთი|լեհաստան|polsa|polsha|פולין|
  بولندا|لهستان|पोलैंड|পোল্যান্ড|போலந்து|پولینڈ|โปแลนด์|ba lan|polandia|波兰|波蘭|ポーランド|폴란드|pologna|pole
PM:spm|saint pierre and miquelon|saint pierre und miquelon|saint pierre et miquelon|saint pierre e miquelon|san pedro y miquelon|
  sao pedro e miquelao|saint pierre en miquelon|s t pierre och miquelon|saint pierre og miquelon|saint pierre ja miquelon|
  sankti pierre og miquelon|san pierre agus miquelon|saint pierre i miquelon|saint pierre a miquelon|sveta peter in mihael|
  sveti petar i mikelon|saint pierre es miquelon|saint pierre si miquelon|сен пиер и микелон|σεν πιερ και μικελον|saint pierre ve miquelon|
  senpjera un mikelona|sen pjeras ir mikelonas|shen pier dhe mikelon|saint pierre u miquelon|saint pierre eta mikelune|сен пьер и микелон|
  сен п єр і мікелон|сен п ер і мікелон|სენ პიერი და მიკელონი|սեն պիեռ եւ միքելոն|muqəddəs pyer və mikelon|сен пьер және микелон|
  sen pyer va mikelon|סנט פייר ומיקלון|سان بيير ومكويلون|سن پیر و میکلن|सेंट पिएरे और मिक्वेलान|সেন্ট পিয়ের ও মিকুয়েলন|
  செயின்ட் பியர் and மிக்வேலான்|سینٹ پیئر اور میکلیئون|แซงปีแยร์และมีเกอลง|saint pierre va miquelon|saint pierre dan miquelon|
  santapierre na miquelon|圣皮埃尔和密克隆群岛|聖皮埃與密克隆群島|サンピエール島 ミクロン島|생피에르 미클롱|sint pierre en miquelon
PR:pri|puerto rico|porto rico|portorico|puerto riko|porto rice|portoryko|portoriko|пуерто рико|πουερτο ρικο|porto riko|puertoriko|
  puerto rikas|пуэрто рико|пуэрта рыка|პუერტო რიკო|պուերտո ռիկո|פוארטו ריקו|بورتوريكو|پورتوریکو|पोर्टो रिको|পুয়ের্তো রিকো|பியூர்டோ ரிகோ|
  پیورٹو ریکو|เปอร์โตริโก|波多黎各|プエルトリコ|푸에르토리코
PS:pse|palestine state of|state of palestine|palestinian territory occupied|palestinian territories|palestine|west bank|gaza|
  palastinensische autonomiegebiete|palastina|territoires palestiniens|territori palestinesi|palestina|territorios palestinos|
  palestijnse gebieden|palestinska territorierna|de palaestinensiske omrader|palaestina|det palestinske omradet|palestiinalaisalue|
  palestiina|heimastjornarsvaedi palestinumanna|na criocha palaistineacha|an phalaistin|tiriogaethau palesteinaidd|palesteina|
  terytoria palestynskie|palestyna|palestinska uzemi|palestinske uzemia|palestinska samosprava|palestinsko ozemlje|palestinsko podrucje|
  palesztin autonomia|palesztina|teritoriile palestiniene|палестински територии|палестина|παλαιστινιακα εδαφη|παλαιστινη|
  filistin bolgeleri|filistin|palestiina alad|palestinas teritorijas|palestinos teritorija|territoret palestineze|
  it territorji palestinjani|il palestina|palestinar lurralde okupatuak|territoris palestins|палестинские территории|
  палестинські територіі|палесцінскія тэрыторыі|палесціна|პალესტინის ტერიტორიები|პალესტინა|պաղեստինյան տարածքներ|պաղեստին|
  fələstin əraziləri|fələstin|палестина аимақтары|falastin hududlari|falastin|השטחים הפלסטיניים|פלסטין|الأراضي الفلسطينية|فلسطين|
  سرزمینهای فلسطینی|فلسطین|फ़िलिस्तीनी क्षेत्र|फ़िलिस्तीन|প্যালেস্টাইন ভূখণ্ড|ফিলিস্তিন|பாலஸ்தீனிய பிரதேசங்கள்|பாலஸ்தீனம்|فلسطینی خطے|
  ดินแดนปาเลสไตน์|ปาเลสไตน์|lanh tho palestine|wilayah palestina|wilayah palestin|palestin|maeneo ya palestina|巴勒斯坦领土|巴勒斯坦|巴勒斯坦自治區|
  パレスチナ自治区|パレスチナ|팔레스타인 지구|팔레스타인|territori palestinais|palestinensesch autonomiegebidder|palestynse grondgebiede
PT:prt|portuguese republic|portugal|portogallo|portugali|an phortaingeil|portiwgal|portugalia|portugalsko|portugalska|португалия|
  πορτογαλια|portekiz|portugale|portugalija|il portugall|португалія|партугалія|პორტუგალია|պորտուգալիա|portuqaliya|portugaliya|פורטוגל|
  البرتغال|پرتغال|पुर्तगाल|পর্তুগাল|போர்ச்சுக்கல்|پرتگال|โปรตุเกส|bo dao nha|ureno|葡萄牙|ポルトガル|포르투갈
PW:plw|palau|palaos|pala|oileain palau|palav|палау|παλαου|belau|პალაუ|պալաու|פלאו|بالاو|پالائو|पलाऊ|পালাউ|பாலோ|پلاؤ|ปาเลา|帕劳|帛琉|パラオ|팔라우
PY:pry|paraguay|paraguai|paragvae|paragua|paragwaj|paraguaj|paragvaj|парагваи|παραγουαη|paragvaja|paragvajus|il paragwaj|პარაგვაი|պարագվայ|
  paraqvay|paragvay|פרגוואי|باراغواي|پاراگوئه|पराग्वे|প্যারাগুয়ে|பராகுவே|پیراگوئے|ปารากวัย|巴拉圭|パラグアイ|파라과이
QA:qat|qatar|katar|catar|катар|καταρ|katara|kataras|il qatar|კატარი|կատար|qətər|קטאר|قطر|क़तर|কাতার|கத்தார்|กาตาร์|卡塔尔|卡達|カタール|카타르
RE:reu|reunion island|reunion|la reunion|riunione|reuniao|реюнион|ρεινιον|reinjona|reunjonas|illa de la reunio|реюньон|реюньион|рэюньен|
  რეუნიონი|ռեյունիոն|reyunyon|reyunion|ראוניון|روينيون|رئونیون|रियूनियन|রিইউনিয়ন|ரீயூனியன்|ری یونین|เรอูนียง|留尼汪|留尼旺|レユニオン|레위니옹
RO:rou|roumania|rumania|romania|rumanien|roumanie|romenia|roemenie|rumaenien|rumenia|an romain|rwmania|rumunia|rumunsko|romunija|rumunjska|
  румъния|ρουμανια|romanya|rumeenia|rumanija|rumunija|rumani|ir rumanija|errumania|румыния|румунія|румынія|რუმინეთი|ռումինիա|ruminiya|
  רומניה|رومانيا|رومانی|रोमानिया|রোমানিয়া|ருமேனியா|رومانیہ|โรมาเนีย|罗马尼亚|羅馬尼亞|ルーマニア|루마니아
RS:srb|republic of serbia|serbia|serbien|serbie|servia|servie|an tseirbia|srbsko|srbija|szerbia|сърбия|σερβια|sirbistan|serbija|serbi|
  is serbja|сербия|сербія|სერბეთი|սերբիա|serbiya|סרביה|صربيا|صربستان|सर्बिया|সার্বিয়া|செர்பியா|سربیا|เซอร์เบีย|塞尔维亚|塞爾維亞|セルビア|세르비아|serwie
RU:rus|russian federation|russland|rossiya|rossija|russia|russie|rusia|rusland|ryssland|venaja|an ruis|rwsia|rosja|rusko|rusija|
  oroszorszag|русия|ρωσια|rusya|venemaa|krievija|rusi|ir russja|errusia|россия|росія|расія|რუსეთი|ռուսաստան|rusiya|ресеи|רוסיה|روسيا|روسیه|
  रूस|রাশিয়া|ரஷ்யா|روس|รัสเซีย|urusi|俄罗斯|俄羅斯|ロシア|러시아
RW:rwa|rwanda|ruanda|руанда|ρουαντα|ruande|ir rwanda|რუანდა|ռուանդա|רואנדה|رواندا|रवांडा|রুয়ান্ডা|ருவாண்டா|روانڈا|รวันดา|卢旺达|盧安達|ルワンダ|르완다
SA:sau|ksa|kingdom of saudi arabia|saudi arabia|saudi arabien|arabie saoudite|arabia saudita|arabia saudi|saoedi arabie|saudiarabien|
  sadi arabia|an araib shadach|arabia saudyjska|saudska arabie|saudska arabia|saudova arabija|saudijska arabija|szaud arabia|
  саудитска арабия|σαουδικη αραβια|suudi arabistan|saudi araabia|sauda arabija|saudo arabija|arabi saudite|l arabja sawdija|
  саудовская аравия|саудівська аравія|саудауская аравія|საუდის არაბეთი|սաուդյան արաբիա|səudiyyə ərəbistani|сауд арабиясы|
  saudiya arabistoni|ערב הסעודית|المملكة العربية السعودية|عربستان سعودی|عربستان|सऊदी अरब|সৌদি আরব|சவுதி அரேபியா|سعودی عرب|ซาอุดีอาระเบีย|
  a rap xe ut|arab saudi|saudia|沙特阿拉伯|沙烏地阿拉伯|サウジアラビア|사우디아라비아
SB:slb|solomon islands|salomonen|iles salomon|isole salomone|islas salomon|ilhas salomao|salomonseilanden|salomonoarna|salomonoerne|
  salomonoyene|salomonsaaret|salomonseyjar|oileain sholaimh|ynysoedd solomon|wyspy salomona|salamounovy ostrovy|salamunove ostrovy|
  salomonovi otoki|salomonovi otoci|salamon szigetek|insulele solomon|соломонови острови|νησοι σολομωντοσ|solomon adalari|saalomoni saared|
  zalamana salas|saliamono salos|ishujt solomon|il gzejjer solomon|salomon uharteak|illes salomo|illas salomon|соломоновы о ва|
  соломонові острови|саламонавы астравы|სოლომონის კუნძულები|սողոմոնյան կղզիներ|соломон аралдары|solomon orollari|איי שלמה|جزر سليمان|
  جزایر سلیمان|सोलोमन द्वीपसमूह|সলোমন দ্বীপপুঞ্জ|சாலமன் தீவுகள்|سولومن آئلینڈز|หมู่เกาะโซโลมอน|quan dao solomon|kepulauan solomon|
  visiwa vya solomon|所罗门群岛|索羅門群島|ソロモン諸島|솔로몬 제도|inslas da salomon|salomonseilande
SC:syc|seychelles|seychellen|seicheles|seychellerna|seychellerne|seychellene|seychellit|seychelles eyjar|na seiseil|seszele|seychely|
  sejseli|seychelle szigetek|сеишели|σευχελλεσ|seyseller|seisellid|seiselu salas|seiseliai|sejshelle|is seychelles|seychelleak|
  сеишельские о ва|сеишельські острови|сеишэльскія астравы|სეიშელის კუნძულები|սեյշելներ|seysel adalari|сеишель аралдары|seyshel orollari|
  איי סיישל|سيشل|سیشل|सेशेल्स|সিসিলি|சீஷெல்ஸ்|سشلیز|เซเชลส์|ushelisheli|塞舌尔|塞席爾|セーシェル|세이셸|seychellas|seychelle
SD:sdn|sudan|soudan|sudao|soedan|an tsudain|swdan|szudan|судан|σουδαν|sudaan|sudana|sudanas|is sudan|სუდანი|սուդան|סודן|السودان|سودان|
  सूडान|সুদান|சூடான்|سوڈان|ซูดาน|苏丹|蘇丹|スーダン|수단
SE:swe|kingdom of sweden|sverige|sweden|schweden|suede|svezia|suecia|zweden|ruotsi|svithjod|an tsualainn|szwecja|svedsko|svedska|
  svedorszag|suedia|швеция|σουηδια|isvec|rootsi|zviedrija|svedija|suedi|l izvezja|швеція|швецыя|შვედეთი|շվեդիա|shvetsiya|שוודיה|السويد|
  سوئد|स्वीडन|সুইডেন|ஸ்வீடன்|سویڈن|สวีเดน|thuy dien|swedia|uswidi|瑞典|スウェーデン|스웨덴|swede
SG:sgp|republic of singapore|singapore|singapur|singapour|singapura|singeapor|szingapur|сингапур|σιγκαπουρη|singapuras|singapor|сінгапур|
  სინგაპური|սինգապուր|sinqapur|סינגפור|سنغافورة|سنگاپور|सिंगापुर|সিঙ্গাপুর|சிங்கப்பூர்|สิงคโปร์|新加坡|シンガポール|싱가포르|singapoer
SH:shn|saint helena ascension and tristan da cunha|saint helena|sainte helene|sant elena|santa elena|santa helena|sint helena|s t helena|
  sankti helena|san heilin|wyspa swietej heleny|svata helena|sveta helena|szent ilona|sfanta elena|света елена|αγια ελενη|sv helenas sala|
  sv elenos sala|shen elene|о в св елены|острів святоі єлени|вострау святои алены|წმინდა ელენეს კუნძული|սուրբ հեղինեի կղզի|muqəddəs yelena|
  әулие елена аралы|muqaddas yelena oroli|סנט הלנה|سانت هيلينا|سنت هلن|सेंट हेलेना|সেন্ট হেলেনা|செயின்ட் ஹெலெனா|سینٹ ہیلینا|เซนต์เฮเลนา|
  圣赫勒拿|聖赫勒拿島|セントヘレナ|세인트헬레나|sontg elena
SI:svn|republic of slovenia|slovenia|slowenien|slovenie|eslovenia|slovenien|an tsloivein|slofenia|slowenia|slovinsko|slovenija|szlovenia|
  словения|σλοβενια|slovenya|sloveenia|slloveni|is slovenja|словенія|славенія|სლოვენია|սլովենիա|sloveniya|סלובניה|سلوفينيا|اسلوونی|
  स्लोवेनिया|স্লোভানিয়া|ஸ்லோவேனியா|سلووینیا|สโลวีเนีย|斯洛文尼亚|斯洛維尼亞|スロベニア|슬로베니아|slowenie
SJ:sjm|svalbard and jan mayen|spitzbergen und jan mayen|svalbard et jan mayen|svalbard e jan mayen|svalbard y jan mayen|
  spitsbergen en jan mayen|svalbard och jan mayen|svalbard og jan mayen|huippuvuoret ja jan mayen|svalbardi og jan mayen|
  svalbard agus jan mayen|svalbard a jan mayen|svalbard i jan mayen|spicberky a jan mayen|svalbard in jan mayen|svalbard es jan mayen|
  svalbard si jan mayen|свалбард и ян маиен|σβαλμπαρντ και γιαν μαγιεν|svalbard ve jan mayen|svalbard ja jan mayen|
  svalbara un jana majena sala|svalbardas ir janas majenas|svalbard e jan majen|svalbard u jan mayen|svalbard eta jan mayen uharteak|
  шпицберген и ян маиен|шпіцберген та ян маєн|шпіцберген і ян маен|შპიცბერგენი და იან მაიენი|սվալբարդ եւ յան մայեն|svalbard və yan mayen|
  шпицберген және ян маиен|shpitsbergen va yan mayen|סבאלברד ויאן מאיין|سفالبارد وجان ماين|سوالبارد و یان ماین|स्वालबार्ड और जान मायेन|
  স্বালবার্ড ও জান মেয়েন|ஸ்வல்பார்டு and ஜான் மேயன்|سوالبرڈ اور جان ماین|สฟาลบาร์และยานไมเอน|svalbard va jan mayen|
  kepulauan svalbard dan jan mayen|svalbard dan jan mayen|svalbard na jan mayen|斯瓦尔巴和扬马延|挪威屬斯瓦巴及尖棉|スバールバル諸島 ヤンマイエン島|스발바르제도 얀마웬섬
SK:svk|slovak republic|slovenska republika|slovakia|slowakei|slovaquie|slovacchia|eslovaquia|slowakije|slovakien|slovakiet|an tslovaic|
  slofacia|slowacja|slovensko|slovaska|slovacka|szlovakia|slovacia|словакия|σλοβακια|slovakya|slovakkia|slovakija|sllovaki|is slovakkja|
  eslovakia|словаччина|славакія|სლოვაკეთი|սլովակիա|slovakiya|סלובקיה|سلوفاكيا|اسلواکی|स्लोवाकिया|স্লোভাকিয়া|ஸ்லோவாகியா|سلوواکیہ|สโลวะเกีย|
  斯洛伐克|スロバキア|슬로바키아|slovachia|slowakye
SL:sle|sierra leone|sierra leona|serra leoa|siarra leon|sijera leone|сиера леоне|σιερα λεονε|sjerraleone|siera leone|сьерра леоне|
  сьєрра леоне|сьера леонэ|სიერა ლეონე|սիեռա լեոնե|syerra leone|סיירה לאון|سيراليون|سیرالئون|सिएरा लियोन|সিয়েরা লিওন|சியாரா லியோன்|
  سیرالیون|เซียร์ราลีโอน|siera leoni|塞拉利昂|獅子山|シエラレオネ|시에라리온
SM:smr|san marino|saint marin|san mairine|сан марино|αγιοσ μαρινοσ|sanmarino|san marinas|сан марына|სან მარინო|սան մարինո|סן מרינו|
  سان مارينو|سانمارینو|सैन मेरीनो|সান মারিনো|சான் மரினோ|سان مارینو|ซานมาริโน|圣马力诺|聖馬利諾|サンマリノ|산마리노|son marin
SN:sen|senegal|an tseineagail|szenegal|сенегал|σενεγαλη|senegala|senegalas|is senegal|სენეგალი|սենեգալ|seneqal|סנגל|السنغال|سنگال|सेनेगल|
  সেনেগাল|செனெகல்|سینیگل|เซเนกัล|senegali|塞内加尔|塞內加爾|セネガル|세네갈
SO:som|somalia|somalie|an tsomail|somalsko|somalija|szomalia|сомалия|σομαλια|somali|somaalia|somalis|is somalja|сомали|сомалі|самалі|
  სომალი|սոմալի|סומליה|الصومال|سومالی|सोमालिया|সোমালিয়া|சோமாலியா|صومالیہ|โซมาเลีย|索马里|索馬利亞|ソマリア|소말리아
SR:sur|suriname|surinam|suranam|суринам|σουριναμ|surinama|surinamas|surinami|is suriname|сурынам|სურინამი|սուրինամ|סורינאם|سورينام|سورینام|
  सूरीनाम|সুরিনাম|சுரினாம்|ซูรินาเม|苏里南|蘇利南|スリナム|수리남
SS:ssd|south sudan republic of|south sudan|sudsudan|soudan du sud|sud sudan|sudan del sur|sudao do sul|zuid soedan|sydsudan|sor sudan|
  etela sudan|sudur sudan|an tsudain theas|de swdan|sudan poludniowy|jizni sudan|juzny sudan|juzni sudan|del szudan|sudanul de sud|
  южен судан|νοτιο σουδαν|guney sudan|louna sudaan|dienvidsudana|pietu sudanas|sudani i jugut|is sudan t isfel|hego sudan|sudan del sud|
  sudan do sur|южныи судан|південнии судан|паудневы судан|სამხრეთ სუდანი|հարավային սուդան|cənubi sudan|оңтүстік судан|janubiy sudan|
  דרום סודן|جنوب السودان|سودان جنوبی|दक्षिण सूडान|দক্ষিণ সুদান|தெற்கு சூடான்|جنوبی سوڈان|ซูดานใต้|nam sudan|sudan selatan|timog sudan|
  sudan kusini|南苏丹|南蘇丹|南スーダン|남수단|sudan dal sid|suid soedan
ST:stp|sao tome and principe|sao tome und principe|sao tome et principe|sao tome e principe|santo tome y principe|sao tome en principe|
  sao tome och principe|sao tome og principe|sao tome ja principe|sao tome og prinsipe|sao tome agus principe|sao tome a principe|
  wyspy swietego tomasza i ksiazeca|svaty tomas a princuv ostrov|svaty tomas a princov ostrov|sveti tomaz in princ|sveti toma i princip|
  sao tome es principe|sao tome si principe|сао томе и принсипи|σαο τομε και πρινσιπε|sao tome ve principe|santome un prinsipi|
  san tome ir prinsipe|sao tome u principe|sao tome eta principe|sao tome i principe|san tome e principe|сан томе и принсипи|
  сан томе і принсіпі|сан тамэ і прынсіпі|სან ტომე და პრინსიპი|սան տոմե եւ փրինսիպի|san tome və prinsipi|сан томе және принсипи|
  san tome va prinsipi|סאו טומה ופרינסיפה|ساو تومي وبرينسيبي|سائوتومه و پرینسیپ|साओ टोम और प्रिंसिपे|সাওটোমা ও প্রিন্সিপি|
  சாவ் தோம் and ப்ரின்சிபி|ساؤ ٹومے اور پرنسپے|เซาตูเมและปรินซิปี|sao tome va principe|sao tome dan principe|sao tome na principe|圣多美和普林西比|
  聖多美普林西比|サントメ プリンシペ|상투메 프린시페
SV:slv|el salvador|salvador|an tsalvadoir|salwador|салвадор|ελ σαλβαδορ|salvadora|salvadoras|o salvador|сальвадор|სალვადორი|սալվադոր|
  אל סלבדור|السلفادور|السالوادور|अल सल्वाडोर|এল সালভেদর|எல் சால்வடார்|ال سلواڈور|เอลซัลวาดอร์|萨尔瓦多|薩爾瓦多|エルサルバドル|엘살바도르
SX:sxm|sint maarten dutch part|sint maarten|saint martin partie neerlandaise|svaty martin nizozemsko|svaty martin hol|
  nizozemski sveti martin|синт мартен|αγιοσ μαρτινοσ ολλανδικο τμημα|sintmartena|sint martenas|sint marten|сінт мартен|сінт мартэн|
  სინტ მარტენი|սինտ մարտեն|סנט מארטן|سانت مارتن|سنت مارتن|सिंट मार्टिन|সিন্ট মার্টেন|சின்ட் மார்டென்|سنٹ مارٹن|ซินต์มาร์เทน|荷属圣马丁|荷屬聖馬丁|
  シント マールテン|신트마르턴
SY:syr|syrian arab republic|syria|syrien|syrie|siria|syyria|syrland|an tsiria|sirija|sziria|сирия|συρια|suriye|suuria|siri|is sirja|сирія|
  сірыя|სირია|սիրիա|suriya|סוריה|سوريا|سوریه|सीरिया|সিরিয়া|சிரியா|شام|ซีเรีย|suriah|叙利亚|敘利亞|シリア|시리아|sirie
SZ:swz|swaziland|eswatini|esuatini|essuatini|esvatini|esuaitini|szvazifold|есватини|εσουατινι|svaasimaa|svatini|svazilandas|l eswatini|
  swazilandia|эсватини|есватіні|эсватыні|სვაზილენდი|էսվատինի|svazilend|אסוואטיני|إسواتيني|اسواتینی|एस्वाटिनी|ইসওয়াতিনি|எஸ்வாட்டீனி|سواتنی|
  เอสวาตีนี|斯威士兰|史瓦帝尼|エスワティニ|에스와티니|swasiland
TA:tristan da cunha|tristan de acuna|tristao da cunha|тристан да куня|τρισταν ντα κουνια|tristana da kunjas salu teritorijas|
  tristano da kunjos|tristan da kuna|тристан да кунья|трістан да кунья|трыстан да кунья|ტრისტან და კუნია|տրիստան դա կունյա|
  tristan da kunya|טריסטן דה קונה|تريستان دا كونا|تریستان دا کونا|ट्रिस्टन दा कुना|ট্রিস্টান ডা কুনহা|டிரிஸ்டன் டா குன்ஹா|ٹرسٹن ڈا کیونہا|
  ทริสตันดาคูนา|tristan de cunha|特里斯坦 达库尼亚群岛|特里斯坦達庫尼亞群島|トリスタン ダ クーニャ|트리스탄다쿠나
TC:tca|turks and caicos islands|turks und caicosinseln|iles turques et caiques|isole turks e caicos|islas turcas y caicos|
  ilhas turcas e caicos|turks en caicoseilanden|turks och caicosoarna|turks og caicosoerne|turks og caicosoyene|turks ja caicossaaret|
  turks og caicoseyjar|oileain na dturcach agus caicos|ynysoedd turks a caicos|turks i caicos|turks a caicos|otoki turks in caicos|
  otoci turks i caicos|turks es caicos szigetek|insulele turks si caicos|острови търкс и каикос|νησοι τερκσ και καικοσ|
  turks ve caicos adalari|turks ja caicos|terksas un kaikosas salas|terkso ir kaikoso salos|ishujt turks dhe kaikos|
  il gzejjer turks u caicos|turk eta caico uharteak|illes turks i caicos|illas turks e caicos|теркс и каикос|острови теркс і каикос|
  астравы церкс і каикас|თერქს ქაიქოსის კუნძულები|թըրքս եւ կայկոս կղզիներ|torks və kaykos adalari|теркс және каикос аралдары|
  turks va kaykos orollari|איי טרקס וקייקוס|جزر توركس وكايكوس|جزایر تورکس و کایکوس|तुर्क और कैकोज़ द्वीपसमूह|তুর্কস ও কাইকোস দ্বীপপুঞ্জ|
  டர்க்ஸ் and கைகோஸ் தீவுகள்|ٹرکس اور کیکوس جزائر|หมู่เกาะเติกส์และหมู่เกาะเคคอส|quan dao turks va caicos|kepulauan turks dan caicos|
  visiwa vya turks na caicos|特克斯和凯科斯群岛|土克斯及開科斯群島|タークス カイコス諸島|터크스 케이커스 제도|inslas turks e caicos|turks a caicosinselen|
  turks en caicoseilande
TD:tcd|chad|tschad|tchad|ciad|chade|tsjaad|tsjad|tsad|sead|tsiad|czad|cad|csad|чад|τσαντ|tsaad|cada|cadas|ic chad|txad|ჩადი|չադ|צ אד|تشاد|
  چاد|चाड|চাদ|சாட்|چاڈ|ชาด|乍得|查德|チャド|차드
TG:tgo|togo|toga|того|τογκο|togas|it togo|тога|ტოგო|տոգո|toqo|טוגו|توغو|توگو|टोगो|টোগো|டோகோ|ٹوگو|โตโก|多哥|トーゴ|토고
TH:tha|thailand|thailande|thailandia|tailandia|thaimaa|tailand|an tealainn|gwlad thai|tajlandia|thajsko|tajska|tajland|thaifold|thailanda|
  таиланд|ταιλανδη|tayland|tai|taizeme|tailandas|tajlande|it tajlandja|таіланд|ტაილანდი|թաիլանդ|תאילנד|تايلاند|تایلند|थाईलैंड|থাইল্যান্ড|
  தாய்லாந்து|تھائی لینڈ|ไทย|thai lan|tailandi|泰国|泰國|タイ|태국|tailanda
TJ:tjk|tajikistan|tadschikistan|tadjikistan|tagikistan|tayikistan|tadjiquistao|tadzjikistan|tadsjikistan|tadzikistan|tadsikistan|
  an taidsiceastain|tajicistan|tadzykistan|tadzsikisztan|таджикистан|τατζικισταν|tacikistan|tadzikistana|tadzikija|taxhikistan|
  it tagikistan|taxiquistan|таджыкістан|ტაჯიკეთი|տաջիկստան|тәжікстан|tojikiston|טג יקיסטן|طاجيكستان|تاجیکستان|ताजिकिस्तान|তাজিকিস্তান|
  தஜிகிஸ்தான்|تاجکستان|ทาจิกิสถาน|tajikistani|塔吉克斯坦|塔吉克|タジキスタン|타지키스탄
TK:tkl|tokelau|tokelauoarna|tokela|tocala|tokelav|токелау|τοκελαου|it tokelau|такелау|ტოკელაუ|տոկելաու|טוקלאו|توكيلاو|توکلائو|तोकेलाउ|
  টোকেলাউ|டோகேலோ|ٹوکیلاؤ|โตเกเลา|托克劳|托克勞群島|トケラウ|토켈라우
TL:tls|east timor|timor leste|democratic republic of timor leste|timor oriental|timor est|oost timor|osttimor|ost timor|ita timor|
  tiomor thoir|timor wschodni|vychodni timor|vychodny timor|kelet timor|тимор лесте|τιμορ λεστε|ida timor|austrumtimora|rytu timoras|
  ekialdeko timor|восточныи тимор|тимор лешті|тымор лешці|ტიმორ ლესტე|թիմոր լեշտի|sərqi timor|טימור לסטה|تيمور ليشتي|تیمور لسته|
  तिमोर लेस्त|তিমুর লেস্তে|திமோர் லெஸ்தே|تیمور لیسٹ|ติมอร์ เลสเต|东帝汶|東帝汶|東ティモール|동티모르|timor da l ost|oos timor
TM:tkm|turkmenistan|turcomenistao|an tuircmeanastain|tyrcmenistan|turkmensko|turkmenisztan|туркменистан|τουρκμενισταν|turkmenistana|
  turkmenistanas|it turkmenistan|туркменістан|თურქმენეთი|թուրքմենստան|turkmənistan|түрікменстан|turkmaniston|טורקמניסטן|تركمانستان|
  ترکمنستان|तुर्कमेनिस्तान|তুর্কমেনিস্তান|துர்க்மெனிஸ்தான்|ترکمانستان|เติร์กเมนิสถาน|土库曼斯坦|土庫曼|トルクメニスタン|투르크메니스탄
TN:tun|tunisia|tunesien|tunisie|tunez|tunesie|tunisien|tunis|an tuineis|tiwnisia|tunezja|tunisko|tunizija|tunezia|тунис|τυνησια|tunus|
  tuneesia|tunisija|tunisas|tunizi|it tunezija|туніс|ტუნისი|թունիս|תוניסיה|تونس|ट्यूनीशिया|তিউনিসিয়া|டுனிசியா|ตูนิเซีย|突尼斯|突尼西亞|チュニジア|튀니지|
  tunesia
TO:ton|tonga|тонга|τονγκα|ტონგა|տոնգա|tonqa|טונגה|تونغا|تونگا|टोंगा|টোঙ্গা|டோங்கா|ٹونگا|ตองกา|汤加|東加|トンガ|통가
TR:tur|turkey|turkiye|republic of turkey|republic of turkiye|turkei|turquie|turchia|turquia|turkije|turkiet|tyrkiet|tyrkia|turkki|tyrkland|
  an tuirc|twrci|turcja|turecko|turcija|turska|torokorszag|turcia|турция|τουρκια|turgi|turkija|turqi|it turkija|turkia|туреччина|турцыя|
  თურქეთი|թուրքիա|turkiyə|түркия|turkiya|טורקיה|تركيا|ترکیه|तुर्किये|তুরস্ক|துருக்கியே|ترکیہ|ตุรกี|tho nhi ky|turki|uturuki|土耳其|トルコ|튀르키예|
  tirchia|tierkei|turkye
TT:tto|trinidad and tobago|trinidad|trinidad und tobago|trinite et tobago|trinidad e tobago|trinidad y tobago|trinidad en tobago|
  trinidad och tobago|trinidad og tobago|trinidad ja tobago|oilean na trionoide agus tobaga|trinidad a tobago|trynidad i tobago|
  trinidad in tobago|trinidad i tobago|trinidad es tobago|trinidad si tobago|тринидад и тобаго|τρινινταντ και τομπαγκο|trinidad ve tobago|
  trinidada un tobago|trinidadas ir tobagas|trinidad u tobago|trinidad eta tobago|тринідад і тобаго|трынідад і табага|ტრინიდადი და ტობაგო|
  տրինիդադ եւ տոբագո|trinidad və tobaqo|тринидад және тобаго|trinidad va tobago|טרינידד וטובגו|ترينيداد وتوباغو|ترینیداد و توباگو|
  त्रिनिदाद और टोबैगो|ত্রিনিদাদ ও টোবাগো|டிரினிடாட் and டொபாகோ|ترینیداد اور ٹوباگو|ตรินิแดดและโตเบโก|trinidad dan tobago|
  trinidad na tobago|特立尼达和多巴哥|千里達及托巴哥|トリニダード トバゴ|트리니다드 토바고|trinidad an tobago
TV:tuv|tuvalu|тувалу|τουβαλου|ტუვალუ|տուվալու|טובאלו|توفالو|تووالو|तुवालू|টুভালু|துவாலு|ٹووالو|ตูวาลู|图瓦卢|吐瓦魯|ツバル|투발루
TW:twn|taiwan province of china|republic of china|chinese taipei|taiwan|taivan|an teavain|tajwan|tchaj wan|tajvan|таиван|ταιβαν|tayvan|
  taivana|taivanas|it tajwan|таивань|ტაივანი|թայվան|טייוואן|تايوان|تایوان|ताइवान|তাইওয়ান|தைவான்|تائیوان|ไต้หวัน|dai loan|台湾|台灣|대만
TZ:tza|tanzania united republic of|united republic of tanzania|tanzania|tansania|tanzanie|an tansain|tanzanija|танзания|τανζανια|tanzanya|
  tansaania|tanzani|it tanzanija|танзанія|ტანზანია|տանզանիա|tanzaniya|טנזניה|تنزانيا|تانزانیا|तंज़ानिया|তাঞ্জানিয়া|தான்சானியா|تنزانیہ|
  แทนซาเนีย|坦桑尼亚|坦尚尼亞|タンザニア|탄자니아
UA:ukr|ukraine|ucraina|ucrania|oekraine|ukraina|an ucrain|wcrain|ukrajina|ukrajna|украина|ουκρανια|ukrayna|l ukrajna|украіна|უკრაინა|
  ուկրաինա|אוקראינה|أوكرانيا|اوکراین|यूक्रेन|ইউক্রেন|உக்ரைன்|یوکرین|ยูเครน|乌克兰|烏克蘭|ウクライナ|우크라이나|ukrain
UG:uga|uganda|ouganda|oeganda|уганда|ουγκαντα|ugande|l uganda|უგანდა|ուգանդա|uqanda|אוגנדה|أوغندا|اوگاندا|युगांडा|উগান্ডা|உகாண்டா|یوگنڈا|
  ยูกันดา|乌干达|烏干達|ウガンダ|우간다
US:usa|united states of america|united states|america|u s|u s a|us of a|united states america|estados unidos de america|
  etats unis d amerique|stati uniti d america|vereinigte staaten von amerika|verenigde staten van amerika|米国|米國|アメリカ|eua|eeuu|ee uu|us|
  vereinigte staaten|etats unis|e u|stati uniti|estados unidos|verenigde staten|vs|yhdysvallat|bandarikin|bna|stait aontaithe mheiricea|
  sam|yr unol daleithiau|uda|stany zjednoczone|spojene staty|zdruzene drzave amerike|zda|sjedinjene americke drzave|sad|egyesult allamok|
  statele unite ale americii|s u a|съединени щати|сащ|ηνωμενεσ πολιτειεσ|ηπα|amerika birlesik devletleri|abd|ameerika uhendriigid|
  amerikas savienotas valstis|asv|jungtines valstijos|jav|shba|l istati uniti|ameriketako estatu batuak|aeb|estats units|соединенные штаты|
  сша|сполучені штати|злучаныя штаты амерыкі|зша|ამერიკის შეერთებული შტატები|აშშ|միացյալ նահանգներ|ամն|amerika birləsmis statlari|abs|
  америка құрама штаттары|ақш|amerika qo shma shtatlari|aqsh|ארצות הברית|ארה ב|الولايات المتحدة|ایالات متحده|संयुक्त राज्य|अमेरिका|
  মার্কিন যুক্তরাষ্ট্র|ইউ এস|அமெரிக்கா|யூஎஸ்|ریاست ہائے متحدہ امریکہ|امریکا|สหรัฐอเมริกา|สหรัฐฯ|hoa ky|my|amerika serikat|as|
  amerika syarikat|a s|marekani|美国|美國|アメリカ合衆国|미국|stadis unids da l america|vereenegt staaten|verenigde state van amerika|vsa
UY:ury|uruguay|uruguai|urugvae|uragua|urugwaj|uruguaj|urugvaj|уругваи|ουρουγουαη|urugvaja|urugvajus|l urugwaj|ურუგვაი|ուրուգվայ|uruqvay|
  urugvay|אורוגוואי|أورغواي|اروگوئه|उरूग्वे|উরুগুয়ে|உருகுவே|یوروگوئے|อุรุกวัย|乌拉圭|烏拉圭|ウルグアイ|우루과이
UZ:uzb|uzbekistan|usbekistan|ouzbekistan|uzbequistao|oezbekistan|an uisbeiceastain|uzbegisztan|узбекистан|ουζμπεκισταν|ozbekistan|
  uzbekistana|uzbekistanas|l uzbekistan|узбекістан|უზბეკეთი|ուզբեկստան|ozbəkistan|өзбекстан|oʻzbekiston|אוזבקיסטן|أوزبكستان|ازبکستان|
  उज़्बेकिस्तान|উজবেকিস্তান|உஸ்பெகிஸ்தான்|อุซเบกิสถาน|uzibekistani|乌兹别克斯坦|烏茲別克|ウズベキスタン|우즈베키스탄|oesbekistan
VA:vat|holy see|vatican|holy see vatican city state|vatican city state|vatican city|vatikanstadt|etat de la cite du vatican|
  citta del vaticano|ciudad del vaticano|cidade do vaticano|vaticaanstad|vatikanstaten|vatikaani|vatikanid|cathair na vatacaine|y fatican|
  watykan|vatikan|statul cetatii vaticanului|ватикан|βατικανο|vatikans|vatikano miesto valstybe|l istat tal belt tal vatikan|
  vatikano hiria|ciutat del vatica|ватыкан|ქალაქი ვატიკანი|վատիկան|הוותיקן|الفاتيكان|واتیکان|वेटिकन सिटी|ভ্যাটিকান সিটি|வாடிகன் நகரம்|
  ویٹیکن سٹی|นครวาติกัน|thanh vatican|kota vatican|mji wa vatican|梵蒂冈|梵蒂岡|バチカン市国|바티칸 시국|citad dal vatican|vatikanstad|vatikaanstad
VC:vct|saint vincent and the grenadines|saint vincent|saint vincent and grenadines|saint vincent und die grenadinen|
  saint vincent et les grenadines|saint vincent e grenadine|san vicente y las granadinas|sao vicente e granadinas|
  saint vincent en de grenadines|s t vincent och grenadinerna|saint vincent og grenadinerne|saint vincent og grenadinene|
  saint vincent ja grenadiinit|sankti vinsent og grenadineyjar|san uinseann agus na greanaidini|saint vincent a r grenadines|
  saint vincent i grenadyny|svaty vincenc a grenadiny|svaty vincent a grenadiny|sveti vincencij in grenadine|sveti vincent i grenadini|
  saint vincent es a grenadine szigetek|saint vincent si grenadinele|сеинт винсънт и гренадини|αγιοσ βικεντιοσ και γρεναδινεσ|
  saint vincent ve grenadinler|saint vincent ja grenadiinid|sentvinsenta un grenadinas|sventasis vincentas ir grenadinai|
  shen vincent dhe grenadine|saint vincent u l grenadini|saint vincent eta grenadinak|saint vincent i les grenadines|
  san vicente e as granadinas|сент винсент и гренадины|сент вінсент і гренадіни|сент вінсент і грэнадзіны|სენტ ვინსენტი და გრენადინები|
  սենթ վինսենթ եւ գրենադիններ|sent vinsent və qrenadinlər|сент винсент және гренадин аралдары|sent vinsent va grenadin|
  סנט וינסנט והגרנדינים|سانت فنسنت وجزر غرينادين|سنت وینسنت و گرنادین|सेंट विंसेंट और ग्रेनाडाइंस|সেন্ট ভিনসেন্ট ও গ্রেনাডিনস|
  செயின்ட் வின்சென்ட் and கிரெனடைன்ஸ்|سینٹ ونسنٹ اور گرینیڈائنز|เซนต์วินเซนต์และเกรนาดีนส์|saint vincent va grenadines|
  saint vincent dan grenadine|saint vincent dan grenadines|saint vincent na grenadines|圣文森特和格林纳丁斯|聖文森及格瑞那丁|セントビンセント及びグレナディーン諸島|세인트빈센트그레나딘|
  son vincenz e las grenadinas|saint vincent an d grenadinnen|sint vincent en die grenadine
VE:ven|venezuela bolivarian republic of|bolivarian republic of venezuela|venezuela|venesuela|veiniseala|wenezuela|венецуела|βενεζουελα|
  venecuela|venezuele|il venezwela|венесуэла|венесуела|ვენესუელა|վենեսուելա|ונצואלה|فنزويلا|ونزوئلا|वेनेज़ुएला|ভেনেজুয়েলা|வெனிசுலா|
  وینزوئیلا|เวเนซุเอลา|委内瑞拉|委內瑞拉|ベネズエラ|베네수엘라
VG:vgb|virgin islands british|british virgin islands|britische jungferninseln|iles vierges britanniques|isole vergini britanniche|
  islas virgenes britanicas|ilhas virgens britanicas|britse maagdeneilanden|brittiska jungfruoarna|de britiske jomfruoer|
  de britiske jomfruoyene|brittilaiset neitsytsaaret|bresku jomfruaeyjar|oileain bhriotanacha na maighdean|ynysoedd gwyryf prydain|
  brytyjskie wyspy dziewicze|britske panenske ostrovy|britanski deviski otoki|britanski djevicanski otoci|brit virgin szigetek|
  insulele virgine britanice|британски вирджински острови|βρετανικεσ παρθενεσ νησοι|britanya virjin adalari|briti neitsisaared|
  britu virdzinas|didziosios britanijos mergeliu salos|ishujt e virgjer britanike|il gzejjer vergni brittanici|
  birjina uharte britainiarrak|illes verges britaniques|illas virxes britanicas|виргинские о ва великобритания|
  британські віргінські острови|брытанскія віргінскія астравы|ბრიტანეთის ვირჯინის კუნძულები|բրիտանական վիրջինյան կղզիներ|
  britaniyanin virgin adalari|британдық виргин аралдары|britaniya virgin orollari|איי הבתולה הבריטיים|جزر فيرجن البريطانية|
  جزایر ویرجین بریتانیا|ब्रिटिश वर्जिन द्वीपसमूह|ব্রিটিশ ভার্জিন দ্বীপপুঞ্জ|பிரிட்டீஷ் கன்னித் தீவுகள்|برٹش ورجن آئلینڈز|
  หมู่เกาะบริติชเวอร์จิน|quan dao virgin thuoc anh|kepulauan virgin britania raya|kepulauan virgin british|visiwa vya virgin uingereza|
  英属维尔京群岛|英屬維京群島|英領ヴァージン諸島|영국령 버진아일랜드|inslas virginas britannicas|britesch joffereninselen|britse maagde eilande
VI:vir|virgin islands u s|virgin islands us|us virgin islands|u s virgin islands|amerikanische jungferninseln|iles vierges des etats unis|
  isole vergini americane|islas virgenes de ee uu|ilhas virgens americanas|amerikaanse maagdeneilanden|amerikanska jungfruoarna|
  de amerikanske jomfruoer|de amerikanske jomfruoyene|yhdysvaltain neitsytsaaret|bandarisku jomfruaeyjar|
  oileain mheiriceanacha na maighdean|ynysoedd gwyryf yr unol daleithiau|wyspy dziewicze stanow zjednoczonych|americke panenske ostrovy|
  ameriski deviski otoki|americki djevicanski otoci|amerikai virgin szigetek|insulele virgine americane|американски вирджински острови|
  αμερικανικεσ παρθενεσ νησοι|abd virjin adalari|usa neitsisaared|asv virdzinas|jungtiniu valstiju mergeliu salos|
  ishujt e virgjer te shba se|il gzejjer vergni tal istati uniti|birjina uharte amerikarrak|illes verges dels estats units|
  illas virxes estadounidenses|виргинские о ва сша|віргінські острови сша|амерыканскія віргінскія астравы|აშშ ის ვირჯინის კუნძულები|
  ամն վիրջինյան կղզիներ|abs virgin adalari|ақш тың виргин аралдары|aqsh virgin orollari|איי הבתולה של ארצות הברית|جزر فيرجن الأمريكية|
  جزایر ویرجین ایالات متحده|यू एस वर्जिन द्वीपसमूह|মার্কিন যুক্তরাষ্ট্রীয় ভার্জিন দ্বীপপুঞ্জ|யூ எஸ் கன்னித் தீவுகள்|امریکی ورجن آئلینڈز|
  หมู่เกาะเวอร์จินของสหรัฐอเมริกา|quan dao virgin thuoc hoa ky|kepulauan virgin amerika serikat|kepulauan virgin a s|
  visiwa vya virgin marekani|美属维尔京群岛|美屬維京群島|米領ヴァージン諸島|미국령 버진아일랜드|inslas virginas americanas|amerikanesch joffereninselen|
  vsa se maagde eilande
VN:vnm|viet nam|socialist republic of vietnam|vietnam|vietna|vitneam|fietnam|wietnam|vijetnam|виетнам|βιετναμ|vjetnama|vietnamas|
  il vjetnam|вьетнам|в єтнам|в етнам|ვიეტნამი|վիետնամ|vyetnam|וייטנאם|فيتنام|ویتنام|वियतनाम|ভিয়েতনাম|வியட்நாம்|เวียดนาม|vietnamu|越南|ベトナム|
  베트남
VU:vut|vanuatu|вануату|βανουατου|ვანუატუ|վանուատու|ונואטו|فانواتو|وانواتو|वनुआतू|ভানুয়াটু|வனுவாட்டு|وینوآٹو|วานูอาตู|瓦努阿图|萬那杜|バヌアツ|바누아투
WF:wlf|wallis and futuna|wallis und futuna|wallis et futuna|wallis e futuna|wallis y futuna|wallis en futuna|wallis och futunaoarna|
  wallis og futuna|wallis ja futuna|wallis og futunaeyjar|vailis agus futuna|wallis a futuna|wallis i futuna|wallis in futuna|
  wallis es futuna|wallis si futuna|уолис и футуна|γουαλισ και φουτουνα|wallis ve futuna|volisa un futunas salas|volisas ir futuna|
  uollis e futuna|wallis u futuna|wallis eta futuna|уоллис и футуна|уолліс і футуна|уоліс і футуна|უოლისი და ფუტუნა|ուոլիս եւ ֆուտունա|
  uollis və futuna|уоллис және футуна|uollis va futuna|איי ווליס ופוטונה|جزر والس وفوتونا|والیس و فوتونا|वालिस और फ़्यूचूना|
  ওয়ালিস ও ফুটুনা|வாலிஸ் மற்றும் ஃபுடுனா|ویلیز اور فیوٹیونا|วาลลิสและฟุตูนา|wallis va futuna|kepulauan wallis dan futuna|
  wallis dan futuna|wallis na futuna|瓦利斯和富图纳|瓦利斯群島和富圖那群島|ウォリス フツナ|왈리스 푸투나 제도
WS:wsm|samoa|samo|szamoa|самоа|σαμοα|სამოა|սամոա|סמואה|ساموا|ساموآ|समोआ|সামোয়া|சமோவா|ซามัว|萨摩亚|薩摩亞|サモア|사모아
XK:xkx|kosovo republic of|republic of kosovo|kosovo|an chosaiv|kosowo|koszovo|косово|κοσσυφοπεδιο|kosova|kosovas|kosove|il kosovo|косава|
  კოსოვო|կոսովո|קוסובו|كوسوفو|کوزوو|कोसोवो|কসোভো|கொசோவோ|کوسووو|โคโซโว|科索沃|コソボ|코소보|cosovo
YE:yem|yemen|jemen|iemen|eimin|иемен|υεμενη|jeemen|jemena|jemenas|il jemen|ємен|емен|იემენი|եմեն|yəmən|yaman|תימן|اليمن|یمن|यमन|ইয়েমেন|
  ஏமன்|เยเมน|yemeni|也门|葉門|イエメン|예멘
YT:myt|mayotte|majotta|маиот|μαγιοτ|majota|majotas|majote|маиотта|маета|მაიოტა|մայոտ|mayot|mayotta|מאיוט|مايوت|مایوت|मायोते|মায়োত্তে|
  மயோட்|مایوٹ|มายอต|马约特|馬約特島|マヨット|마요트
ZA:zaf|rsa|republic of south africa|suid afrika|south africa|sudafrika|afrique du sud|sudafrica|africa do sul|zuid afrika|sydafrika|
  sor afrika|etela afrikka|sudur afrika|an afraic theas|de affrica|republika poludniowej afryki|jihoafricka republika|juzna afrika|
  juznoafriska republika|juznoafricka republika|del afrikai koztarsasag|africa de sud|южна африка|νοτια αφρικη|guney afrika|
  louna aafrika vabariik|dienvidafrikas republika|pietu afrika|afrika e jugut|l afrika t isfel|hegoafrika|sud africa|surafrica|
  южно африканская республика|південно африканська республіка|пауднева афрыканская рэспубліка|სამხრეთ აფრიკის რესპუბლიკა|
  հարավաֆրիկյան հանրապետություն|cənub afrika|оңтүстік африка|janubiy afrika respublikasi|דרום אפריקה|جنوب أفريقيا|افریقای جنوبی|
  दक्षिण अफ़्रीका|দক্ষিণ আফ্রিকা|தென் ஆப்பிரிக்கா|جنوبی افریقہ|แอฟริกาใต้|nam phi|afrika selatan|afrika kusini|南非|南アフリカ|남아프리카|
  africa dal sid
ZM:zmb|zambia|sambia|zambie|an tsaimbia|zambija|замбия|ζαμπια|zambiya|zambi|iz zambja|замбія|ზამბია|զամբիա|זמביה|زامبيا|زامبیا|ज़ाम्बिया|
  জাম্বিয়া|ஜாம்பியா|แซมเบีย|赞比亚|尚比亞|ザンビア|잠비아
ZW:zwe|zimbabwe|simbabwe|zimbabue|simbabve|an tsiombaib|zimbabve|зимбабве|ζιμπαμπουε|iz zimbabwe|зімбабве|зімбабвэ|ზიმბაბვე|զիմբաբվե|
  זימבבואה|زيمبابوي|زیمبابوه|ज़िम्बाब्वे|জিম্বাবোয়ে|ஜிம்பாப்வே|زمبابوے|ซิมบับเว|津巴布韦|辛巴威|ジンバブエ|짐바브웨`
