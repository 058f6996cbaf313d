// Where the customers are: real towns, invented streets, and telephone numbers that are set aside
// for fiction in each country.

export type Place = {
  readonly town: string;
  /** Behind or before the town, as the country writes it. */
  readonly postal: string;
  readonly country: 'US' | 'CA' | 'GB' | 'DE' | 'FR' | 'CH' | 'JP';
  readonly pool: string;
  /** What a number of this place begins with; two more digits follow. */
  readonly phone: string;
};

function place(pool: string, country: Place['country'], lines: string): Place[] {
  return lines.split('\n').flatMap((line) => {
    const [town = '', postal = '', phone = ''] = line.split('|').map((part) => part.trim());
    return town === '' ? [] : [{ town, postal, country, pool, phone }];
  });
}

/** The towns of each company's customers, by pool. */
export const PLACES: Readonly<Record<string, readonly Place[]>> = {
  usmf: [
    ...place(
      'west',
      'US',
      `Portland | OR 97209 | +1 503 555 01
       Spokane | WA 99201 | +1 509 555 01
       Sacramento | CA 95814 | +1 916 555 01
       Fresno | CA 93721 | +1 559 555 01
       Boise | ID 83702 | +1 208 555 01
       Tucson | AZ 85701 | +1 520 555 01
       Denver | CO 80202 | +1 303 555 01
       Salt Lake City | UT 84101 | +1 801 555 01`,
    ),
    ...place(
      'east',
      'US',
      `Columbus | OH 43215 | +1 614 555 01
       Albany | NY 12207 | +1 518 555 01
       Raleigh | NC 27601 | +1 919 555 01
       Richmond | VA 23219 | +1 804 555 01
       Savannah | GA 31401 | +1 912 555 01
       Pittsburgh | PA 15222 | +1 412 555 01
       Milwaukee | WI 53202 | +1 414 555 01
       Knoxville | TN 37902 | +1 865 555 01`,
    ),
    ...place('abroad', 'CA', 'Québec | QC G1R 4P5 | +1 418 555 01'),
    ...place('abroad', 'GB', 'Bristol | BS1 4ST | +44 117 496 01'),
    ...place('abroad', 'JP', 'Kobe | 650-0021 | +81 78 5550 01'),
  ],
  demf: [
    ...place(
      'nord',
      'DE',
      `Hamburg | 20457 | +49 40 66969 1
       Berlin | 10785 | +49 30 23125 1
       Köln | 50668 | +49 221 4710 1`,
    ),
    ...place(
      'sued',
      'DE',
      `München | 80335 | +49 89 99998 1
       Frankfurt am Main | 60311 | +49 69 90009 1`,
    ),
    ...place('ausland', 'FR', 'Strasbourg | 67000 | +33 3 53 01 00 '),
    ...place('ausland', 'CH', 'Winterthur | 8400 | +41 52 555 01 '),
    ...place('ausland', 'GB', 'Leeds | LS1 4AP | +44 113 496 01'),
  ],
};

/** How business is written to and paid from there. */
export const COUNTRIES: Readonly<
  Record<Place['country'], { readonly language: string; readonly currency: string }>
> = {
  US: { language: 'en-US', currency: 'USD' },
  CA: { language: 'fr', currency: 'CAD' },
  GB: { language: 'en-GB', currency: 'GBP' },
  DE: { language: 'de', currency: 'EUR' },
  FR: { language: 'fr', currency: 'EUR' },
  CH: { language: 'de', currency: 'CHF' },
  JP: { language: 'en-GB', currency: 'JPY' },
};

const STREETS: Readonly<Record<Place['country'], string>> = {
  US: 'Foundry Street,Old Mill Road,Cannery Row,Prospect Avenue,Depot Street,Quarry Lane',
  CA: 'rue des Tanneurs,rue du Vieux-Moulin,chemin de la Scierie',
  GB: 'Tannery Lane,Maltings Road,Weighbridge Street',
  DE: 'Gießereistraße,Am Alten Speicher,Mühlgasse,Werkstraße,Lagerhausweg,Hafenstraße',
  FR: 'rue des Tanneurs,quai du Moulin,rue de la Scierie',
  CH: 'Spinnereiweg,Mühlestrasse,Im Werk',
  JP: 'Sakaemachi-dori,Kaigan-dori',
};

/** The streets of a country. */
export function streetsOf(country: Place['country']): readonly string[] {
  return STREETS[country].split(',');
}

/** An address on one line, as the country writes it. */
export function addressText(street: string, number: number, { town, postal, country }: Place) {
  switch (country) {
    case 'US':
    case 'CA':
      return `${number} ${street}, ${town}, ${postal}`;
    case 'GB':
      return `${number} ${street}, ${town} ${postal}`;
    case 'JP':
      return `${number} ${street}, ${town} ${postal}, Japan`;
    case 'FR':
      return `${number} ${street}, ${postal} ${town}`;
    case 'DE':
    case 'CH':
      return `${street} ${number}, ${postal} ${town}`;
  }
}
