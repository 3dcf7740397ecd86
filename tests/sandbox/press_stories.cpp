#include "press_stories.h"

#include <iterator>

namespace narvaro::sandbox {
namespace {

constexpr Story kStories[] = {
    {"Simhallen stängs för byte av kakel", "Simskolan i {place} ställs in tills bassängen är tät.",
     "Simhallen stängs och simskolan ställs in. Kommunen måste ordna plats i en annan bassäng "
     "under "
     "tiden!"},
    {"Villabrand i {place} släcktes av grannar",
     "Räddningstjänsten berömmer insatsen med vattenspann.", ""},
    {"Kulturskolans kö växer – trumpet populärast",
     "Nu saknas instrument till nybörjarna i {place}.",
     "Kulturskolans kö växer och det saknas trumpeter. Låt kulturskolan köpa in instrument till "
     "alla "
     "nybörjare."},
    {"Ridhuset läcker in regn", "Ridklubben i {place} dukar med presenningar över manegen.", ""},
    {"Biblioteket förlorar halva bokbussen", "Filialen i {place} får boklådor på hjul i stället.",
     "Ingen bokbuss, färre böcker. Biblioteket ska nå hela kommunen. Vi säger nej till att "
     "bokbussen "
     "parkeras."},
    {"Inbrott i båtklubbens förråd", "Polisen i {place} hör vittnen till stölden av utombordare.",
     ""},
    {"Växelfel lamslog Roslagsbanan", "Resenärer strandade på perrongen i {place}.",
     "Växelfel igen och strandade resenärer på perrongen. Roslagsbanan behöver fler tekniker, inte "
     "fler ursäkter."},
    {"Rondellen blir konstverk", "En jättelik järnsvan ska pryda infarten till {place}.", ""},
    {"Gruppboendet överklagas av villaägare",
     "Bygglovet i {place} prövas av mark- och miljödomstolen.",
     "Gruppboendet överklagas av villaägare. Alla har rätt att bo i ett vanligt kvarter. Stå fast "
     "vid "
     "bygglovet!"},
    {"Hembygdsgården slår med lie", "Slåtterängen i {place} drog storpublik.", ""},
    {"Hemtjänsten inför minutscheman", "Undersköterskorna i {place} larmar om stress med stoppur.",
     "Minutscheman och stoppur i hemtjänsten? Lyssna på undersköterskorna i stället för på "
     "konsulterna."},
    {"Handbollslaget klart för allsvenskan",
     "Målvakten från {place} blev hjälte i straffläggningen.", ""},
    {"Ishallens kylmaskin havererade", "Hockeylagen i {place} tränar på grus.", ""},
    {"Äldreboendet serverar kall middag", "Anhöriga till boende i {place} anmäler matlådorna.",
     "Kall middag ur matlådor på äldreboendet är ovärdigt. Bygg köken igen och anställ kockar."},
    {"Akvareller fyller konsthallen", "Målarinnan från {place} ställer ut hundratals blad.", ""},
    {"Vattenläcka tömde kranarna", "Tankbilar delade ut dricksvatten i {place}.",
     "Vattenläckan visar vad som händer när rören inte byts. Kranarna ska aldrig stå torra. Rusta "
     "ledningsnätet!"},
    {"Plogbilen glömde återvändsgränden", "Boende i {place} fick skotta sig fram till postlådan.",
     ""},
    {"Förskolan Tallbacken utryms efter mögellarm",
     "Barackerna i {place} står klara om flera veckor.",
     "Mögel på Tallbacken och ingen plats i barackerna. Förskolan hade räddats om taket lagats när "
     "pedagogerna larmade."},
    {"Vildsvin bökade upp fotbollsplanen", "Derbyt i {place} flyttades till konstgräs.", ""},
    {"Loppmarknad slog insamlingsrekord", "Porslin från {place} gick som smör.", ""},
    {"Biografen Tellus hotas av rivning", "Filmälskare i {place} samlar namnunderskrifter.",
     "Rör inte biografen! Vi skriver på filmälskarnas namnunderskrifter och säger nej till rivning "
     "av "
     "Tellus."},
    {"Kyrkokören värvar basröster", "Körledaren i {place} lockar med smörgåstårta.", ""},
    {"Kvarteret Smeden får höghus", "Detaljplanen för {place} antogs med en rösts övervikt.",
     "Höghus i kvarteret Smeden utan en enda lägenhet med rimligt pris. Därför röstade vi nej till "
     "detaljplanen."},
    {"Värdshuset i konkurs", "Gästerna i {place} hann äta upp sina förrätter.", ""},
    {"Färdtjänsten lämnade rullstolsburen vid vägkanten", "Taxibolaget i {place} beklagar missen.",
     "En rullstolsburen lämnad vid vägkanten. Färdtjänsten ska drivas av regionen, inte av "
     "taxibolaget som lagt lägst bud."},
    {"Kardemummabullen korad till länets godaste", "Bageriet i {place} bakar dygnet runt.", ""},
    {"Parkeringsavgift vid pendeltågen", "Bilister i {place} ska betala per timme från hösten.",
     ""},
    {"Fibergrävningen slet av elkabeln", "Frysar tinade i hela {place}.", ""},
    {"Lekparken Drakskeppet spärras av", "Besiktningen i {place} fann ruttna gungställningar.",
     "Drakskeppet spärras av för att gungställningarna ruttnat. Besiktningen varnade i fjol. Rusta "
     "lekparken!"},
    {"Runsten hittad under traktorhjul", "Arkeologer i {place} jublar över ristningen.", ""},
    {"Skolköket byter leverantör efter salmonella", "Kycklingen i {place} drogs tillbaka.",
     "Salmonella i kycklingen från skolkökets leverantör. Billigast blev dyrast. Handla maten av "
     "bönderna här."},
    {"Kalkbrottet föreslås bli amfiteater", "Ljudprov med säckpipa hölls i {place}.", ""},
    {"Brandstationen bemannas bara dagtid", "Deltidsbrandmännen i {place} protesterar.",
     "En brandstation som bara bemannas dagtid räddar ingen på natten. Ge deltidsbrandmännen "
     "besked!"},
    {"Apoteket flyttar till gallerian", "Receptkunder i {place} saknar sittplatser.", ""},
    {"Postombudet i {place} läggs ned", "Kiosken får inte längre lämna ut paket.",
     "Postombudet läggs ned och paketen hamnar milsvis bort. Service ska finnas där vi bor, ge "
     "kiosken en chans."},
    {"Golfbanan vill schakta ut dammar", "Hål sju i {place} grävs om.", ""},
    {"Orienterare tog nordiskt guld", "Kontrollen vid {place} avgjorde stafetten.", ""},
    {"Telefonmasten väcker ilska", "Grannar i {place} bojkottar operatören.", ""},
    {"Tandkliniken inför kö på två år", "Patienter i {place} åker till Finland.",
     "Två års kö till tandkliniken. Tänderna är en del av kroppen och ska ingå i "
     "högkostnadsskyddet."},
    {"Boulehallen invigd med salut", "Kulorna rullade i {place}.", ""},
    {"Bron över Helgöån stängs av", "Sprickor i valvet skär av {place} från centrum.",
     "Sprickor i valvet och bron avstängd i månader. Helgöån går inte att hoppa över: ordna "
     "ersättning "
     "redan nu."},
    {"Häst på vift stoppade godståget", "Skenande valack infångad i {place}.", ""},
    {"Städbolaget sägs upp", "Upphandlingen i {place} görs om efter smutsiga toaletter.",
     "Smutsiga toaletter och uppsagt städbolag. Upphandlingen har misslyckats, anställ städarna i "
     "egen "
     "regi!"},
    {"Brevbärare biten av tax", "Posten i {place} hämtas tills vidare vid grinden.", ""},
    {"Byggkranen välte i stormen", "Föraren klarade sig när armen föll över {place}.", ""},
    {"Konsultnotan sprack för kommunhuset", "Revisorerna: fakturorna i {place} lästes aldrig.",
     "Konsultnotan sprack och ingen läste fakturorna. Revisorernas kritik är förödande. Det "
     "pengarna "
     "skulle räckt till undersköterskor."},
    {"Gatlyktorna släckta i Karby", "Entreprenören i {place} väntar på säkringar.",
     "Släckta gatlyktor gör hemvägen otrygg. Entreprenören har haft gott om tid att byta "
     "säkringar."},
    {"Kommundirektören slutar efter bråk", "Avgångsvederlaget retar {place}.", ""},
    {"Danskvällarna på Folkets hus lever upp", "Bugg och foxtrot drar folk till {place}.", ""},
    {"Schackfantom slog datorn", "Partiet i {place} spelades i bastun.", ""},
    {"Sporthallens läktare utdömd", "Bygget i {place} saknar brandutgång.",
     "Utdömd läktare och ingen brandutgång: sporthallen byggdes för snabbt. Vem bar ansvaret för "
     "slarvet?"},
    {"Frimärkssamlare fann tvåskilling", "Albumet låg på en vind i {place}.", ""},
    {"Musteriet öppnar för fallfrukt", "Kön ringlade genom {place}.", ""},
    {"Ambulansen dirigeras om nattetid", "Jourbilen i {place} dras in på helgerna.",
     "Jourbilen dras in och ambulansen dirigeras om. Det handlar om liv. Vi kräver besked av "
     "sjukvårdslandstingsrådet."},
    {"Hunddagiset nekas tillstånd", "Skallen stör meditationen i {place}.", ""},
    {"Bilbrand på pendlarparkeringen", "Vittnen i {place} såg maskerade springa.", ""},
    {"Kommunhusets hiss stannade med nämnden", "Ledamöterna i {place} åt kex i tre timmar.", ""},
    {"Bussdepån i Kristineberg säljs", "Mekaniker i {place} varslas om uppsägning.",
     "Bussdepån säljs och mekanikerna varslas. Sälj inte ut det vi äger, depån behövs när trafiken "
     "växer."},
    {"Pingislaget åker till Kina", "Träningen i {place} hålls i en lada.", ""},
    {"Servitriser protesterar mot delade turer", "Facket i {place} blockerar lunchrestaurangen.",
     "Delade turer splittrar dagen. Vi står med servitriserna och fackets blockad av "
     "lunchrestaurangen."},
    {"Vintergatan fotograferad från ladutak", "Amatörastronomen i {place} prisas i London.", ""},
    {"Barnmorskemottagningen slår igen", "Gravida i {place} hänvisas till Danderyd.",
     "Barnmorskemottagningen slår igen och gravida hänvisas till Danderyd. En mottagning på "
     "hemmaplan "
     "är ingen lyx."},
    {"Spelman på nyckelharpa turnerar", "Polskor från {place} hörs i Japan.", ""},
};

}  // namespace

std::span<const Story> stories() { return {kStories, std::size(kStories)}; }

}  // namespace narvaro::sandbox
