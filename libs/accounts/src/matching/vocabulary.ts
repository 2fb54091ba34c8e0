/** Names of legal forms that mean nothing else and go wherever they stand, save as the only word. */
export const LEGAL_FORMS = words(`
  inc incorporated corp corporation co company cos companies ltd limited llc llp plc gmbh mbh ohg kgaa ggmbh
  sarl sarlu srl spa sas aps oyj kk pty pte bhd sdn lllp pllc eood sro spzoo zrt kft doo dooel ltda
`);

/** Legal forms whose letters are also a word or initials: they go from the end of a name only. */
export const TRAILING_LEGAL_FORMS = words(`
  ag sa ab as asa se nv bv oy kg ug ev lp lc pc pa na sl sp ks ou uab ad jsc pjsc ojsc oao ooo zao cv sab
  sca scs snc sapi eirl sac saoc psc jv gk kabushiki kaisha aktiengesellschaft gesellschaft societe anonyme
`);

/** Legal forms of several words, by their last word. */
export const LEGAL_PHRASES: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
  ['company', [['limited', 'liability', 'company']]],
  [
    'partnership',
    [
      ['limited', 'liability', 'partnership'],
      ['limited', 'partnership'],
      ['ltd', 'partnership'],
    ],
  ],
  ['association', [['national', 'association']]],
  ['oo', [['sp', 'z', 'oo']]],
]);

/** Joining words that registers set or leave out as they like; `and` and `&` go with the punctuation. */
export const JOINING_WORDS = words('the of for und et de');

/** Tags that registers hang behind a slash: states of the USA and Canada, and marks of the filing. */
export const REGISTER_TAGS = words(`
  al ak az ar ca co ct dc de fl ga hi id il in ia ks ky la me md ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok
  or pa ri sc sd tn tx ut vt va wa wv wi wy pr vi can fi new old adr ads adv ta bd uk
`);

/** Words of corporate structure: adding or dropping one rarely makes another company. */
export const STRUCTURE_WORDS = words(`
  com enterprise enterprises group groups holdco holding holdings industries international parent spinco us usa
  worldwide
`);

/** Trades and forms of business that many companies have in their name. */
export const TRADE_WORDS = words(`
  acquisition acquisitions advanced advertising advisors aerospace agency agricultural agriculture air airlines airways
  america american analytics apparel appliances applied asset assets associates association automation automotive
  aviation avionics bancorp bancshares bank banking bankshares battery beauty beverage beverages bio biologics biomedical
  biopharma biopharmaceuticals bioscience biosciences biotech biotechnologies biotechnology biotherapeutics bottling
  brands broadcasting builders building business cable capital care casino casinos center centers chemical chemicals
  clinical cloud coal coffee commerce commercial commodity communication communications communities community
  components computer computers computing construction consulting consumer controls copper corporate cosmetics credit
  data defense dental design development developments devices diagnostics digital direct distribution distributors
  diversified drilling education educational electric electrical electronic electronics energy engineering
  entertainment environmental equipment equity estate exchange exploration express farms fashion finance financial fine
  fitness food foods footwear foundation fuel fuels fund funds furniture gaming garden gas general genetics genomics
  global gold growth hardware health healthcare high home homes hospital hospitality hotel hotels housing income
  industrial information infrastructure innovation innovations instrument instruments insurance interactive internet
  investment investments investors jewelry laboratories land lease leasing leisure life line lines lithium lodging
  logistics machinery management manufacturing marine market marketing markets materials media medical medicine
  medicines merger metal metals micro microsystems midstream mills minerals mines mining mobile mobility mortgage motor
  motors municipal music mutual national natural network networks nutrition office oil oncology online opportunities
  opportunity optical optics outdoor packaging paper partners partnership pay payment payments petroleum pharma
  pharmaceutical pharmaceuticals pharmacy photonics pictures pipe pipeline plastics platforms power precision private
  product production products properties property public publishing rail railroad railway real realty recovery
  recreation reinsurance reit renewable renewables rental rentals research residential resort resorts resource
  resources restaurant restaurants retail retirement robotics royalty rubber salon savings science sciences scientific
  securities security semiconductor semiconductors senior service services shipping silver social software solar
  solutions sons space sports staffing steel storage store stores strategic strategies studio studios supplies supply
  surgical sustainable system systems tech technologies technology telecom telecommunications telephone television term
  textile therapeutic therapeutics tobacco tools toys trade trading transport transportation travel trust trusts
  united utilities utility vehicle vehicles ventures vision waste water wealth wind wine wireless wood works world
`);

/** Places, directions and praise that open the names of many unrelated companies. */
export const COMMON_WORDS = words(`
  allied atlantic central continental eastern federal first great independent intercontinental mid midwest modern
  new north northeast northern northwest old pacific premier prime quality royal select south southeast southern
  southwest standard star superior supreme total union universal west western
`);

/** In the name of a fund or trust every word says which of a family of funds it is. */
export const FUND_WORDS = words('etf etfs etn fund funds portfolio trust');

/** Fixed abbreviations of such words; other abbreviations are found as the beginning of a trade word. */
export const ABBREVIATIONS: ReadonlyMap<string, string> = new Map([
  ['amer', 'american'],
  ['assoc', 'associates'],
  ['assn', 'association'],
  ['bancorporation', 'bancorp'],
  ['bankshares', 'bancshares'],
  ['bldg', 'building'],
  ['bros', 'brothers'],
  ['comm', 'communications'],
  ['ctr', 'center'],
  ['dev', 'development'],
  ['fin', 'financial'],
  ['finl', 'financial'],
  ['grp', 'group'],
  ['hldg', 'holding'],
  ['hldgs', 'holdings'],
  ['inds', 'industries'],
  ['ins', 'insurance'],
  ['intl', 'international'],
  ['inv', 'investment'],
  ['labs', 'laboratories'],
  ['mfg', 'manufacturing'],
  ['mgmt', 'management'],
  ['mgt', 'management'],
  ['mkts', 'markets'],
  ['mtg', 'mortgage'],
  ['natl', 'national'],
  ['prods', 'products'],
  ['ptnrs', 'partners'],
  ['rlty', 'realty'],
  ['svc', 'service'],
  ['svcs', 'services'],
  ['sys', 'systems'],
  ['tel', 'telephone'],
  ['tr', 'trust'],
  ['univ', 'university'],
]);

function words(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}
