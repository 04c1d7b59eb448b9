import type { Problem } from './problem.ts'

/** Problems of this area: what goes wrong between Doorvoer and a remote system. */
export const connectionProblems = {
  REMOTE_SILENT: {
    text: {
      nl: '{system} geeft geen antwoord ({cause}).',
      en: '{system} does not answer ({cause}).',
    },
    cause: {
      nl: 'De verbinding kwam niet tot stand of het antwoord bleef uit.',
      en: 'The connection was not made, or no answer came.',
    },
    remedy: {
      nl: 'Meestal gaat dit vanzelf over; Doorvoer probeert het opnieuw.',
      en: 'This usually passes by itself; Doorvoer tries again.',
    },
  },
  REMOTE_TROUBLE: {
    text: {
      nl: '{system} heeft een storing (status {status}).',
      en: '{system} is having trouble (status {status}).',
    },
    cause: {
      nl: 'De server van {system} meldt een eigen fout of onderhoud.',
      en: 'The server of {system} reports a fault of its own, or maintenance.',
    },
    remedy: { nl: 'Doorvoer probeert het vanzelf opnieuw.', en: 'Doorvoer tries again by itself.' },
  },
  REMOTE_HTML: {
    text: {
      nl: '{system} antwoordt met een webpagina in plaats van gegevens.',
      en: '{system} answers with a web page instead of data.',
    },
    cause: {
      nl: 'Een firewall of een onderhoudspagina staat voor de koppeling.',
      en: 'A firewall or a maintenance page stands in front of the interface.',
    },
    remedy: {
      nl: 'Zet onderhoudsmodus uit of laat de hoster Doorvoer toestaan; Doorvoer blijft proberen.',
      en: 'Switch maintenance mode off or have the host allow Doorvoer; Doorvoer keeps trying.',
    },
  },
  REMOTE_NOT_JSON: {
    text: {
      nl: 'Het antwoord van {system} is niet te lezen.',
      en: 'The answer of {system} cannot be read.',
    },
    cause: {
      nl: 'Het antwoord was afgebroken of beschadigd.',
      en: 'The answer was cut off or damaged.',
    },
    remedy: { nl: 'Doorvoer probeert het vanzelf opnieuw.', en: 'Doorvoer tries again by itself.' },
  },
  REMOTE_SHAPE: {
    text: {
      nl: 'In het antwoord van {system} is het veld "{field}" anders dan verwacht.',
      en: 'In the answer of {system} the field "{field}" is not as expected.',
    },
    cause: {
      nl: '{system} heeft zijn koppeling veranderd, of dit document is bijzonder.',
      en: '{system} changed its interface, or this document is unusual.',
    },
    remedy: {
      nl: 'Meld het probleem; de boeking wacht.',
      en: 'Report the problem; the booking waits.',
    },
  },
  REMOTE_REFUSES: {
    text: {
      nl: '{system} weigert het verzoek (status {status}).',
      en: '{system} refuses the request (status {status}).',
    },
    cause: {
      nl: 'De gegevens passen niet bij wat {system} toestaat.',
      en: 'The data do not fit what {system} allows.',
    },
    remedy: {
      nl: 'Controleer de instellingen van de koppeling en verwerk daarna opnieuw.',
      en: 'Check the settings of the integration, then process again.',
    },
  },
  REMOTE_REDIRECTS: {
    text: {
      nl: '{system} verwijst door naar een ander adres (status {status}).',
      en: '{system} redirects to another address (status {status}).',
    },
    cause: {
      nl: 'Het adres van de winkel klopt niet of is veranderd.',
      en: 'The address of the shop is wrong or has changed.',
    },
    remedy: {
      nl: 'Verbind opnieuw met het juiste adres.',
      en: 'Reconnect with the right address.',
    },
  },
  REMOTE_ANSWER_UNREADABLE: {
    text: {
      nl: '{system} heeft geantwoord, maar het antwoord is niet te begrijpen.',
      en: '{system} answered, but the answer cannot be understood.',
    },
    cause: {
      nl: 'Het document kan wel of niet zijn aangemaakt.',
      en: 'The document may or may not have been created.',
    },
    remedy: {
      nl: 'Doorvoer zoekt het vanzelf op voordat er iets opnieuw gebeurt.',
      en: 'Doorvoer looks it up before anything is done again.',
    },
  },
  RATE_LIMITED: {
    text: { nl: '{system} vraagt om even te wachten.', en: '{system} asks to wait a while.' },
    cause: {
      nl: 'Het toegestane aantal verzoeken is bereikt.',
      en: 'The allowed number of requests has been reached.',
    },
    remedy: {
      nl: 'Doorvoer gaat vanzelf verder zodra het mag.',
      en: 'Doorvoer goes on by itself as soon as it may.',
    },
  },
  CREDENTIALS_REFUSED: {
    text: {
      nl: '{system} accepteert de inloggegevens niet.',
      en: '{system} does not accept the credentials.',
    },
    cause: {
      nl: 'De sleutel is verkeerd, ingetrokken of verlopen.',
      en: 'The key is wrong, revoked or expired.',
    },
    remedy: {
      nl: 'Maak zo nodig een nieuwe sleutel en kies Opnieuw verbinden. Er gaat niets verloren.',
      en: 'Make a new key if needed and choose Reconnect. Nothing is lost.',
    },
  },
  CREDENTIALS_UNREADABLE: {
    text: {
      nl: 'De opgeslagen inloggegevens zijn niet te openen.',
      en: 'The stored credentials cannot be opened.',
    },
    cause: {
      nl: 'De sleutel waarmee ze zijn versleuteld ontbreekt op deze installatie, of ze zijn beschadigd.',
      en: 'The key they were sealed with is missing from this installation, or they are damaged.',
    },
    remedy: {
      nl: 'Zet de sleutel terug in DOORVOER_KEYS, of kies Opnieuw verbinden.',
      en: 'Put the key back into DOORVOER_KEYS, or choose Reconnect.',
    },
  },
  RIGHT_MISSING: {
    text: {
      nl: '{system} geeft Doorvoer geen toegang (status {status}).',
      en: '{system} denies Doorvoer access (status {status}).',
    },
    cause: { nl: 'De sleutel mist een recht.', en: 'The key lacks a right.' },
    remedy: {
      nl: 'Geef de sleutel de rechten uit de installatiepagina en kies Opnieuw verbinden.',
      en: 'Give the key the rights of the installation page and choose Reconnect.',
    },
  },
  SIGN_IN_FAILED: {
    text: {
      nl: 'Het inloggen bij {system} is niet afgerond.',
      en: 'Signing in at {system} was not completed.',
    },
    cause: {
      nl: 'De toestemming is geweigerd, of het duurde te lang.',
      en: 'Permission was refused, or it took too long.',
    },
    remedy: {
      nl: 'Kies opnieuw Verbinden en geef in {system} toestemming.',
      en: 'Choose Connect again and give permission in {system}.',
    },
  },
  ADDRESS_NOT_PUBLIC: {
    text: {
      nl: 'Het adres van {system} ligt niet op het openbare internet.',
      en: 'The address of {system} is not on the public internet.',
    },
    cause: {
      nl: 'Doorvoer verbindt niet met interne adressen.',
      en: 'Doorvoer does not connect to internal addresses.',
    },
    remedy: {
      nl: 'Gebruik het openbare adres van de winkel.',
      en: 'Use the public address of the shop.',
    },
  },
  RESPONSE_SIGNATURE_WRONG: {
    text: {
      nl: 'De handtekening onder het antwoord van {system} klopt niet.',
      en: 'The signature under the answer of {system} is wrong.',
    },
    cause: {
      nl: 'Het antwoord kwam niet van de winkel, of het geheim is veranderd.',
      en: 'The answer did not come from the shop, or the secret has changed.',
    },
    remedy: {
      nl: 'Verbind de winkel opnieuw; blijft het, meld het probleem.',
      en: 'Reconnect the shop; if it stays, report the problem.',
    },
  },
  SHOP_AMBIGUOUS: {
    text: {
      nl: 'Deze sleutel geeft toegang tot {count} winkels.',
      en: 'This key gives access to {count} shops.',
    },
    cause: {
      nl: 'Doorvoer moet weten welke winkel bedoeld is.',
      en: 'Doorvoer has to know which shop is meant.',
    },
    remedy: {
      nl: 'Maak een sleutel voor precies één winkel.',
      en: 'Make a key for exactly one shop.',
    },
  },
  CONNECTION_BROKEN: {
    text: {
      nl: 'De verbinding met {system} is verbroken.',
      en: 'The connection with {system} is broken.',
    },
    cause: {
      nl: 'De inloggegevens worden niet meer geaccepteerd.',
      en: 'The credentials are no longer accepted.',
    },
    remedy: {
      nl: 'Kies Opnieuw verbinden; daarna gaat alles vanzelf verder.',
      en: 'Choose Reconnect; everything then goes on by itself.',
    },
  },
} as const satisfies Record<string, Problem>
