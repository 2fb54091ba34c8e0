import type { Translation } from '.';

/** The first words in German: whoever adds the others changes nothing else. */
export const de = {
  language: 'de',
  skip: 'Zum Inhalt',
  nav: {
    deals: 'Geschäfte',
    register: 'Anmelden',
    inbox: 'Posteingang',
    work: 'Aufgaben',
    signOut: 'Abmelden',
    main: 'Hauptnavigation',
  },
  states: {
    draft: 'Entwurf',
    submitted: 'Eingereicht',
    queued: 'Auf der Warteliste',
    offered: 'Ihnen angeboten',
    'in-review': 'In Prüfung',
    'action-required': 'Antwort nötig',
    approved: 'Geschützt',
    rejected: 'Abgelehnt',
    lapsed: 'Verfallen',
    withdrawn: 'Zurückgezogen',
    released: 'Zurückgegeben',
    expired: 'Abgelaufen',
    won: 'Gewonnen',
    lost: 'Verloren',
  },
} as const satisfies Translation;
