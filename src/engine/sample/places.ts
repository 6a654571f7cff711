/** One country of the sample company: how people there are called and where they live. */
export interface Place {
  country: string
  /** Customers of a thousand. */
  share: number
  language: string
  dialling: string
  firstNames: string[]
  lastNames: string[]
  cities: string[]
}

/** Shares add up to 1,000. */
export const places: Place[] = [
  {
    country: 'GB',
    share: 400,
    language: 'en',
    dialling: '+447',
    firstNames: ['Amelia', 'Oliver', 'Priya', 'George', 'Isla', 'Mohammed', 'Grace', 'Harry', 'Chloe', 'Ewan', 'Siân', 'Callum', 'Zara', 'Imran'],
    lastNames: ['Smith', 'Jones', 'Patel', 'O’Connor', 'Taylor', 'Begum', 'MacLeod', 'Davies', 'Wright', 'Khan', 'Pryce-Jones', 'Walker', 'Hughes', "D'Arcy"],
    cities: ['London', 'Bristol', 'Leeds', 'Glasgow', 'Cardiff', 'Plymouth', 'Hull'],
  },
  {
    country: 'DE',
    share: 150,
    language: 'de',
    dialling: '+4915',
    firstNames: ['Jürgen', 'Lena', 'Björn', 'Sophie', 'Mehmet', 'Käthe', 'Lukas', 'Annika', 'Günther', 'Hannah'],
    lastNames: ['Müller', 'Schmidt', 'Weiß', 'Yılmaz', 'Groß', 'Schäfer', 'von der Heide', 'Köhler', 'Krüger', 'Hoffmann'],
    cities: ['Hamburg', 'Köln', 'München', 'Leipzig', 'Lübeck'],
  },
  {
    country: 'FR',
    share: 100,
    language: 'fr',
    dialling: '+336',
    firstNames: ['Élodie', 'François', 'Zoé', 'Théo', 'Anaïs', 'Jérôme', 'Inès', 'Loïc'],
    lastNames: ['Dubois', 'Lefèvre', 'Moreau', 'Benoît', 'N’Guessan', 'Garçon', 'Roussel', 'Étienne'],
    cities: ['Marseille', 'Nantes', 'Le Havre', 'Brest'],
  },
  {
    country: 'NL',
    share: 80,
    language: 'nl',
    dialling: '+316',
    firstNames: ['Sanne', 'Daan', 'Fleur', 'Jeroen', 'Noor', 'Ruben'],
    lastNames: ['de Vries', 'van den Berg', 'Jansen', "in 't Veld", 'Bakker', 'Smit'],
    cities: ['Rotterdam', 'Utrecht', 'Delft'],
  },
  {
    country: 'ES',
    share: 80,
    language: 'es',
    dialling: '+346',
    firstNames: ['Lucía', 'Íñigo', 'Begoña', 'Álvaro', 'Martina', 'José María'],
    lastNames: ['García López', 'Núñez', 'Muñoz', 'Fernández', 'Ibáñez', 'Peña'],
    cities: ['Bilbao', 'Vigo', 'Valencia', 'Cádiz'],
  },
  {
    country: 'IT',
    share: 60,
    language: 'it',
    dialling: '+393',
    firstNames: ['Giulia', 'Nicolò', 'Alessia', 'Matteo', 'Chiara'],
    lastNames: ['Rossi', 'D’Angelo', 'Esposito', 'Lo Cascio', 'Zanin'],
    cities: ['Genova', 'Napoli', 'Trieste'],
  },
  {
    country: 'IE',
    share: 50,
    language: 'en',
    dialling: '+3538',
    firstNames: ['Aoife', 'Seán', 'Niamh', 'Cillian', 'Órla'],
    lastNames: ['Ó Briain', 'Murphy', 'Ní Dhomhnaill', 'Walsh', 'Byrne'],
    cities: ['Dublin', 'Cork', 'Galway'],
  },
  {
    country: 'PL',
    share: 40,
    language: 'pl',
    dialling: '+485',
    firstNames: ['Łukasz', 'Zofia', 'Wojciech', 'Małgorzata', 'Jacek'],
    lastNames: ['Nowak', 'Wiśniewska', 'Wójcik', 'Żak', 'Dąbrowski'],
    cities: ['Gdańsk', 'Szczecin', 'Gdynia'],
  },
  {
    country: 'SE',
    share: 20,
    language: 'sv',
    dialling: '+467',
    firstNames: ['Åsa', 'Östen', 'Linnéa', 'Björn'],
    lastNames: ['Lindström', 'Åkesson', 'Sjöberg', 'Hägg'],
    cities: ['Göteborg', 'Malmö'],
  },
  {
    country: 'JP',
    share: 20,
    language: 'ja',
    dialling: '+8190',
    firstNames: ['さくら', '健太', 'Yuki', '美咲'],
    lastNames: ['佐藤', '鈴木', 'Tanaka', '高橋'],
    cities: ['横浜', '神戸'],
  },
]

/** Fits the CRM's 60 characters. */
export const offers = [
  'Bundle home and motor, save 12%',
  'Add breakdown cover',
  'Move to annual payment',
  'Pet cover, first month free',
  'Travel cover for the family',
  'Raise contents cover to £75,000',
  'Cyber cover for small offices',
  'Loyalty renewal, price held for a year',
  'Telematics box with a 20% discount',
  'Review life cover with an adviser',
]

/** Longer than that: what a copywriter sent without asking. */
export const longOffers = [
  'Bundle home, motor and travel before the end of the month and save up to 18% on all three',
  'Switch to paperless billing and annual payment today and we plant a tree in your name',
]
