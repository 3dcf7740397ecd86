#include "drafts.h"

namespace narvaro::sandbox {
namespace {

constexpr const char* kClimateAndYouth[] = {
    ("Till dig som går sista året på gymnasiet: klimatkrisen är din framtid. Kom och prata med oss "
     "om hur "
     "utsläppen ska ner!"),
    "Du som är förstagångsväljare kan rösta för klimatet. Vi berättar hur vi vill göra Sverige "
    "fossilfritt.",
    "Pluggar du? Klimatomställningen behöver dig. Studentfika om fossilfria jobb i {place} på "
    "torsdag.",
    ("Unga vuxna får leva längst med klimatkrisen. Du som är mellan arton och tjugofem: häng med "
     "på "
     "klimatstrejken!"),
    ("Ditt första val kan bli ett klimatval. Förstagångsväljare träffas och pratar koldioxid, tåg "
     "och "
     "rättvisa. 🌍"),
    ("Gymnasieelever i {place}! På fredag strejkar vi för klimatet. Ta med klasskompisarna och en "
     "skylt. "
     "#FridaysForFuture"),
    ("CSN ska räcka till att leva klimatsmart. Du som är student: så vill vi sänka både utsläpp "
     "och "
     "studieskulder."),
    ("Söker du ditt första jobb? Klimatjobben finns: solceller, tågspår och fossilfri el. Unga "
     "vuxna ska "
     "bygga framtiden."),
    "Du som fyller arton i år får rösta för första gången. Rösta för klimatet och mot fossil olja!",
    ("Feriejobb med mening: tio ungdomar får jobba med biologisk mångfald i sommar. Du som är "
     "gymnasieelev, "
     "sök nu! 🌱"),
    ("Studenter mot utsläpp! Vi ordnar kväll om klimaträttvisa för dig som läser på högskola eller "
     "universitet."),
    "Första egna lägenheten och vill leva klimatsmart? Vi samlar unga vuxna till byteskväll för "
    "klimatet.",
};

constexpr const char* kClimate[] = {
    "Utsläppen från vägtrafiken måste minska. Därför vill vi att kollektivtrafiken byggs ut här i "
    "{place}.",
    "Klimatkrisen väntar inte. Vi föreslår en koldioxidbudget för hela kommunen.",
    "Solceller på alla kommunala tak! Förnybar energi är bra för klimatet och för plånboken.",
    "Skydda gammelskogen vid {place}. Biologisk mångfald går inte att köpa tillbaka.",
    "Vi säger nej till nya motorvägar. Mer asfalt ger mer utsläpp, det är fysik. 🌍",
    ("Insekterna försvinner. Vi vill ha ängsblommor i stället för klippta gräsmattor, för den "
     "biologiska "
     "mångfalden. 🐝"),
    "Klimatpolitik handlar om rättvisa: de rikaste släpper ut mest och ska gå före.",
    "Ny rapport från IPCC. Varje tiondels grad räknas när utsläppen ska bort.",
    "Vindkraften byggs ut i rekordfart i världen. Fossilfri el är vägen bort från oljan.",
    "Stoppa gifterna! PFAS hör inte hemma i naturen vid {place}.",
    "Bygg inte på strandskyddad mark. Naturen och djurlivet vid sjön behöver sina stränder.",
    "Klimatmålen nås inte av sig själva. Kommunen måste minska sina egna utsläpp varje år.",
    "Tåget slår flyget, både för klimatet och för utsikten. Nattåg till kontinenten, tack!",
};

constexpr const char* kYouth[] = {
    "Du som är förstagångsväljare: vad undrar du inför ditt första val? Fråga oss vad som helst!",
    "Grattis alla studenter! Studenten är er dag, njut av den. 🎓",
    "Feriejobb för alla gymnasieelever är vår linje. Du som är sexton eller sjutton ska få söka.",
    "Pluggar du på universitet? CSN ska höjas så att du slipper välja mellan litteratur och mat.",
    "Söker du din första lägenhet? Unga vuxna behöver små bostäder med rimliga priser.",
    "Tentaplugg tillsammans på vår lokal. Te, lugn och någon att byta tankar med för dig som är "
    "student.",
    "Du som går på gymnasiet: vi hjälper dig att förstå fullmäktige på en timme. Ingen dum fråga "
    "finns.",
    "Snart ska du göra gymnasievalet. Välj det du brinner för, inte det som andra tycker är rätt.",
    "Första jobbet och osjyst chef? Unga vuxna har samma rättigheter som alla. Gå med i facket!",
    "Högskoleprovet på lördag. Lycka till alla ni som skriver, vi håller tummarna! 📚",
    "Nittonåring och arbetslös? Du förtjänar en utbildning med studiemedel, inte hot om indragen "
    "ersättning.",
    "Förstagångsväljare! Vi träffas på en ungdomskväll där du som är arton till tjugofem bestämmer "
    "ämnena.",
};

constexpr const char* kNeither[] = {
    "Vinstjakten i välfärden urholkar förtroendet. Skattepengar ska gå till omsorg, inte till "
    "aktieägare.",
    "Ett varmare samtalsklimat i politiken, tack. Man kan tycka olika och ändå vara schyst.",
    "Arbetsmiljön på våra sjukhus är ohållbar. Fler kollegor på varje pass är enda vägen.",
    "Medlemsmöte på zoom. Vi väljer ombud och pratar om verksamhetsplanen. Alla medlemmar är "
    "välkomna!",
    "Sjukskrivna ska inte behöva tigga. Riv upp de hårda reglerna i sjukförsäkringen.",
    "Hyresrätten är grunden för en sammanhållen stad. Nej till marknadshyror!",
    "Sänkta skatter för de rikaste och indragen hemkunskap för de andra? Vi väljer jämlikhet.",
    "Pensionen ska räcka hela livet. Kvinnor som slitit ska inte bli fattigpensionärer.",
    "Sex timmars arbetsdag är ingen utopi. Det är nästa steg i en lång historia av kortade "
    "arbetsdagar.",
    "Karensavdraget slår hårdast mot dem som aldrig kan arbeta hemifrån. Avskaffa det.",
    "Vår gruppledare höll ett starkt anförande i fullmäktige om jämlik omsorg.",
    "Tack till alla som knackade dörr i {place}! Ni gör skillnad.",
    "Våldet mot kvinnor måste få ett slut. Kvinnojouren förtjänar säkra anslag varje år.",
    "Studiecirkeln om feminismens historia börjar nu. Vi läser tillsammans varannan onsdag.",
    "Solidaritet med sjuksköterskorna! Löneökningarna är inget mot vad de har gett oss under "
    "pandemin.",
    "Ingen ska behöva välja mellan medicin och mat. Höj bidraget till ensamstående föräldrar.",
    "Antirasism är vardagsarbete. Säg ifrån på lunchrasten, vid köksbordet, på bussen.",
    "Vi presenterar vår skuggbudget: mer till omsorgen, mindre till skrytbyggen.",
    "Miljonprogrammets hus ska rustas utan chockhöjningar. Hyresgästerna ska ha inflytande.",
    "Trygga anställningar är frihet. Visstid och sms-jobb är motsatsen.",
    "Fred är vänsterns äldsta fråga. Vi står upp för Palestina, Kurdistan och alla under "
    "ockupation.",
    "Valberedningen söker namn till styrelsen. Hör av dig om du vill vara med och bestämma.",
    "Vi har städat partilokalen och hittade affischer från sjuttiotalet. Vilken skatt!",
    "Nazister hör inte hemma på våra gator. Tack alla som stod upp för demokratin.",
};

constexpr const char* kUngVanster[] = {
    "Så bra sagt om jämlikhet! Foto och ord: @ungvanster",
    "Vi delar ett inlägg från @ungvanster om rätten till trygga anställningar.",
    "Repost från @ungvanster: ingen profit på våra kroppar. Instämmer helt!",
    "Heja @ungvanster som samlar kraft mot rasismen. Delas med glädje.",
    "Våra vänner @ungvanster säger det bäst: solidaritet är ett verb.",
    "Delar @ungvanster och deras hyllning till alla som håller uppe välfärden.",
};

constexpr const char* kClosings[] = {
    "",
    "Tyck till i kommentarerna.",
    "#vänsterpartiet",
    "",
    "Dela gärna!",
    "#vänsterpartiet #vallentuna",
    "❤️",
};

constexpr const char* kWatched[] = {
    "Kongressen är igång! Hundratals kamrater från hela landet diskuterar, skrattar och röstar.",
    "Vi kräver fria lunchlådor till alla praktikanter.",
    "Läger i sommar: bada, läsa, sjunga, organisera.",
    "Tack @vansterpartietvallentuna för samarbetet på torgmötet!",
    "Feminism på schemat, sade vi. Nu lyssnar skolministern.",
    "Bli medlem du också. Tillsammans slår vi uppåt.",
};

constexpr Seasonal kSeasonal[] = {
    {1, 27, "Vi minns Förintelsens offer. Aldrig mer kräver att vi handlar varje dag.", false},
    {3, 8, "Idag är det internationella kvinnodagen. Lönegapet ska bort, hel tid är en rättighet.",
     false},
    {4, 22, "Jordens dag idag. Låt oss lämna över en planet där naturen och klimatet får plats.",
     true},
    {5, 1, "Första maj firas i år hemma framför skärmen. Fanorna kommer fram igen, det lovar vi.",
     false},
    {12, 24, "God jul och gott nytt år önskar vi alla kamrater. Vi ses på andra sidan helgerna.",
     false},
};

constexpr Article kArticles[] = {
    {"Våra krav inför budgeten", "Vi vill höja anslagen till omsorgen och anställa fler.",
     "Skuggbudgeten presenteras för fullmäktige under hösten och finns att hämta hos oss.", false,
     false},
    {"Klimatbokslut saknas", "Kommunen redovisar inte sina utsläpp. Det är orimligt.",
     "Vi föreslår en koldioxidbudget och ett årligt klimatbokslut som alla kan läsa.", true, false},
    {"Nej till vinster i skolan", "Skattepengar ska gå till undervisning, inte till aktieägare.",
     "Därför säger vi nej till fler friskolekoncerner.", false, false},
    {"Till dig som röstar för första gången", "Förstagångsväljare, här är din guide till valet.",
     "Du som fyller arton får hem ett röstkort. Fråga oss om du undrar något.", false, true},
    {"Rätt till heltid", "Deltid ska vara ett val, inte ett tvång.",
     "Kvinnor i omsorgen förlorar både lön och pension på delade tjänster.", false, false},
    {"Skogen är mer än timmer", "Biologisk mångfald kräver att gammelskogen skyddas.",
     "Vi vill bilda ett nytt naturreservat och stoppa kalhyggen nära bebyggelsen.", true, false},
    {"Rapport från årsmötet", "Årsmötet valde ny styrelse och antog en verksamhetsplan.",
     "Tack till alla som deltog på distans.", false, false},
    {"Hyresrätter som går att efterfråga", "Bostadsbolaget ska bygga för dem som bor trångt.",
     "Vi vill se hyror som en undersköterska har råd med.", false, false},
};

}  // namespace

Drafts drafts() {
    return {kClimateAndYouth, kClimate, kYouth, kNeither, kUngVanster, kClosings, kWatched};
}

std::span<const Article> articles() { return kArticles; }

std::span<const Seasonal> seasonal() { return kSeasonal; }

}  // namespace narvaro::sandbox
