// Names of customers and of the people there. All invented: what they resemble is chance.
import type { Place } from './places.ts';
import type { PseudoRandom } from './pseudo-random.ts';

/** Who buys, and in which months more than in others (January first; 1 is the average). */
export type Industry = {
  readonly name: string;
  readonly english: readonly string[];
  readonly german: readonly string[];
  readonly french: readonly string[];
  readonly season: readonly number[];
};

const STEADY = [1, 1, 1, 1, 1, 1, 0.9, 0.8, 1.1, 1.1, 1.1, 0.9];
const SUMMER = [0.5, 0.6, 0.9, 1.2, 1.4, 1.4, 1.3, 1.2, 1, 0.9, 0.8, 0.6];
const YEAR_END = [0.7, 0.7, 0.8, 0.9, 0.9, 0.9, 0.8, 0.9, 1.1, 1.4, 1.7, 1.3];
const TERM_START = [0.9, 0.7, 0.8, 0.9, 1, 1.2, 1.5, 1.7, 1.2, 0.8, 0.7, 0.5];

export const INDUSTRIES: readonly Industry[] = [
  {
    name: 'furnishing',
    english: ['Furniture', 'Interiors', 'Cabinetry', 'Home & Table'],
    german: ['Möbel', 'Einrichtungen', 'Wohnkultur'],
    french: ['Meubles', 'Ameublement'],
    season: STEADY,
  },
  {
    name: 'building',
    english: ['Builders', 'Construction Supply', 'Roofing', 'Joinery'],
    german: ['Bau', 'Bedachungen', 'Holzbau'],
    french: ['Charpente', 'Matériaux'],
    season: SUMMER,
  },
  {
    name: 'hospitality',
    english: ['Inns', 'Hospitality', 'Restaurant Group', 'Catering'],
    german: ['Gastronomie', 'Hotelbetriebe', 'Catering'],
    french: ['Hôtellerie', 'Traiteur'],
    season: SUMMER,
  },
  {
    name: 'retail',
    english: ['Outfitters', 'Hardware', 'Mercantile', 'Gift & Toy'],
    german: ['Warenhaus', 'Eisenwaren', 'Spielwaren'],
    french: ['Quincaillerie', 'Comptoir'],
    season: YEAR_END,
  },
  {
    name: 'care',
    english: ['Family Clinic', 'Dental Group', 'Senior Living', 'Veterinary'],
    german: ['Pflegedienste', 'Dentaltechnik', 'Reha-Zentrum'],
    french: ['Soins', 'Dentaire'],
    season: STEADY,
  },
  {
    name: 'education',
    english: ['Academy', 'Learning Centers', 'Montessori School', 'Music School'],
    german: ['Akademie', 'Lernwerkstatt', 'Musikschule'],
    french: ['Académie', 'Formation'],
    season: TERM_START,
  },
  {
    name: 'machinery',
    english: ['Machine Works', 'Tool & Die', 'Precision', 'Electric'],
    german: ['Maschinenbau', 'Werkzeuge', 'Elektrotechnik'],
    french: ['Mécanique', 'Outillage'],
    season: STEADY,
  },
  {
    name: 'food',
    english: ['Bakery', 'Creamery', 'Provisions', 'Orchards'],
    german: ['Backwaren', 'Feinkost', 'Molkerei'],
    french: ['Boulangerie', 'Conserves'],
    season: YEAR_END,
  },
];

const STEMS = {
  english:
    'Alderfen,Bramwick,Cinderhollow,Dovelock,Eastmarrow,Fernhaven Gap,Galewood,Harrowgill,Inkberry,' +
    'Junipell,Kestrel Bend,Larkmoor,Millstrand,Nettlebrook,Osprey Fork,Pennhollow,Quillan,' +
    'Redthorn,Saltmarsh Bay,Tressel Creek,Umberfield,Vesper Hill,Wrenfield,Yarrowdale,Amberlin,' +
    'Blackmere,Copperleaf,Driftwater,Elmscott,Foxglen,Greyling,Heathermoor,Ironbark,Jasperton,' +
    'Kilnstone,Lanternby,Marrowstone,Northgill,Oakhurst Mill,Pebblecross,Quarterdeck,Rookwood,' +
    'Stillwater Run,Thistledown,Underhill & Pace,Valemont,Windlass,Yewbarrow,Ashgrove Pike,' +
    'Birchwater,Cloverdell,Dunmarsh,Emberly,Flintlock Ridge,Goosefoot,Hollis & Crane,Idlewater,' +
    'Kettlebrook,Loomis Hollow,Merrivane',
  german:
    'Tannwerder,Birkenlohe,Kesselbrunn,Morgenrath,Auental,Brennhof,Dornhagen,Eschenried,' +
    'Falkenlohe,Grauwinkel,Haselbruch,Immerath,Jägersruh,Kornfeld & Sohn,Lindwurm,Mühlenau,' +
    'Nebelhorst,Ottersbach,Pappelried,Quellgrund,Rabenstein & Thiel,Silberloh,Torfhagen,' +
    'Ulmenwald,Vogelsang & Reuter,Weidengrund,Zirbelhof,Ahornberg,Buchenhain,Distelkamp,' +
    'Erlenbruch,Fuchsgraben,Ginsterhof,Heidekamp,Isarblick,Kranichfeld,Lerchenau,Moorkate,' +
    'Nordlicht,Steinacker',
  french: 'Clairval,Bellerive,Montcendre,Rochebrune,Valdoré,Aubefort,Grandpré,Saint-Elme',
};

const PEOPLE = {
  english: [
    'Amelia,Brandon,Carla,Derek,Elena,Frank,Grace,Hector,Ingrid,Jamal,Karen,Luis,Monica,Noah,Olivia,' +
      'Paul,Renee,Samir,Tessa,Victor,Wendy,Yolanda',
    'Abernathy,Bellweather,Castellan,Dunmore,Eastwick,Farrow,Gillespie,Hargrove,Ivers,Jessup,' +
      'Kirkland,Lockhart,Marchetti,Novak,Oakes,Pruitt,Quintero,Rosales,Sandoval,Tillman,Vance,Whitaker',
  ],
  german: [
    'Andrea,Bernd,Claudia,Dirk,Elke,Frank,Gabriele,Holger,Ines,Jens,Katja,Lars,Martina,Nils,Petra,' +
      'Ralf,Sabine,Thomas,Ute,Volker',
    'Achterberg,Brinkmann,Dahlke,Ehlers,Feldkamp,Gehrke,Hinrichs,Jessen,Kallweit,Lüders,Matthiesen,' +
      'Nettelbeck,Oelkers,Paulsen,Quast,Rieger,Schimanke,Tiedemann,Uhlig,Wessels',
  ],
  french: [
    'Aurélie,Bruno,Camille,Didier,Élodie,Fabrice,Hélène,Laurent,Nathalie,Olivier',
    'Aubertin,Boisclair,Charpentier,Delorme,Fauvel,Girardot,Lachance,Montreuil,Perrault,Vasseur',
  ],
};

const LEGAL_FORMS = {
  english: ['Inc.', 'LLC', 'Co.', 'Corp.'],
  german: ['GmbH', 'GmbH', 'GmbH & Co. KG', 'KG', 'AG', 'e. K.'],
  french: ['SARL', 'SAS'],
};

type Tongue = keyof typeof STEMS;

function tongueOf(country: Place['country']): Tongue {
  switch (country) {
    case 'US':
    case 'GB':
    case 'JP':
      return 'english';
    case 'DE':
    case 'CH':
      return 'german';
    case 'CA':
    case 'FR':
      return 'french';
  }
}

/** Names no two customers alike. */
export function companyNames(random: PseudoRandom) {
  const taken = new Set<string>();
  return (industry: Industry, country: Place['country']): string => {
    const tongue = tongueOf(country);
    for (;;) {
      const [stem, kind] = [random.pick(STEMS[tongue].split(',')), random.pick(industry[tongue])];
      const word = tongue === 'french' ? `${kind} ${stem}` : `${stem} ${kind}`;
      // A stem twice in one trade would look like a slip.
      if (taken.has(`${stem}|${industry.name}`)) continue;
      taken.add(`${stem}|${industry.name}`);
      const form =
        country === 'GB' ? 'Ltd' : country === 'JP' ? 'K.K.' : random.pick(LEGAL_FORMS[tongue]);
      return `${word} ${form}`;
    }
  };
}

/** First and last name of somebody there. */
export function personName(random: PseudoRandom, country: Place['country']): string {
  const [first = '', last = ''] = PEOPLE[tongueOf(country)];
  return `${random.pick(first.split(','))} ${random.pick(last.split(','))}`;
}

/** A name as mail addresses spell it: lower case, hyphens, no accents. */
export function addressWord(name: string): string {
  const plain = name.toLowerCase().replaceAll('ß', 'ss').replaceAll('ä', 'ae');
  return plain
    .replaceAll('ö', 'oe')
    .replaceAll('ü', 'ue')
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
    .replaceAll(' ', '-');
}
