/** The demo's quiz: four questions, an address, and one of the house's own cocktails. Score leads to the ending. */
import type { DemoStep } from './demo-steps.ts';

export const DEMO_QUIZ = 'which-cocktail';

type Words = readonly [en: string, pl: string, pt: string];

const say = ([en, pl, pt]: Words) => ({ en, pl, 'pt-BR': pt });

interface Asked {
  readonly id: string;
  readonly title: Words;
  readonly options: readonly (readonly [id: string, score: number, words: Words])[];
}

const ASKED: readonly Asked[] = [
  {
    id: 'evening',
    title: [
      'How does your evening begin?',
      'Jak zaczyna się Twój wieczór?',
      'Como começa a sua noite?',
    ],
    options: [
      [
        'book',
        0,
        ['With a book and a window', 'Z książką przy oknie', 'Com um livro e uma janela'],
      ],
      [
        'friends',
        20,
        ['With friends who are late', 'Ze spóźnionymi przyjaciółmi', 'Com amigos atrasados'],
      ],
      ['work', 10, ['With one last e-mail', 'Od ostatniego maila', 'Com um último e-mail']],
      ['music', 30, ['With music, loud', 'Od głośnej muzyki', 'Com música alta']],
    ],
  },
  {
    id: 'taste',
    title: ['What do you reach for?', 'Po co sięgasz?', 'O que você escolhe?'],
    options: [
      ['herbs', 0, ['Herbs and cucumber', 'Zioła i ogórek', 'Ervas e pepino']],
      ['citrus', 10, ['Something sour', 'Coś kwaśnego', 'Algo ácido']],
      ['bitter', 20, ['Something bitter', 'Coś gorzkiego', 'Algo amargo']],
      ['spice', 30, ['Ginger and spice', 'Imbir i przyprawy', 'Gengibre e especiarias']],
    ],
  },
  {
    id: 'place',
    title: ['Where do you sit?', 'Gdzie siadasz?', 'Onde você se senta?'],
    options: [
      ['terrace', 0, ['On the terrace', 'Na tarasie', 'No terraço']],
      ['corner', 10, ['In the corner', 'W rogu', 'No canto']],
      ['counter', 20, ['At the counter', 'Przy ladzie', 'No balcão']],
    ],
  },
];

const ENDINGS: readonly (readonly [id: string, from: number | null, name: string, text: Words])[] =
  [
    [
      'garden-gate',
      null,
      'Garden Gate',
      [
        'Gin, cucumber, lime: calm and green.',
        'Gin, ogórek, limonka: spokój i zieleń.',
        'Gim, pepino, limão: calmo e verde.',
      ],
    ],
    [
      'comptoir-sour',
      30,
      'Counter Sour',
      [
        'Calvados, lemon, honey: you like to talk.',
        'Calvados, cytryna, miód: lubisz rozmowy.',
        'Calvados, limão, mel: você gosta de conversar.',
      ],
    ],
    [
      'copper-hour',
      50,
      'Copper Hour',
      [
        'Rye, vermouth, cocoa: slow and sure.',
        'Żytnia whiskey, wermut, kakao: powoli i pewnie.',
        'Rye, vermute, cacau: devagar e certo.',
      ],
    ],
    [
      'quiet-storm',
      65,
      'Quiet Storm',
      [
        'Dark rum, ginger, lime: nobody saw it coming.',
        'Ciemny rum, imbir, limonka: nikt się nie spodziewał.',
        'Rum escuro, gengibre, limão: ninguém esperava.',
      ],
    ],
  ];

const DEFINITION = {
  followUpAfterHours: 1,
  title: say(['Which cocktail are you?', 'Którym koktajlem jesteś?', 'Qual coquetel é você?']),
  languages: ['en', 'pl', 'pt-BR'],
  questions: [
    ...ASKED.map(({ id, title, options }) => ({
      id,
      kind: 'single',
      title: say(title),
      required: true,
      options: options.map(([option, score, words]) => ({ id: option, label: say(words), score })),
    })),
    {
      id: 'thirst',
      kind: 'scale',
      title: say(['How thirsty are you?', 'Jak bardzo chce Ci się pić?', 'Quanta sede você tem?']),
      required: true,
      min: 1,
      max: 5,
      scorePer: 2,
    },
    {
      id: 'contact',
      kind: 'contact',
      title: say([
        'Where may we send the recipe?',
        'Dokąd wysłać przepis?',
        'Para onde enviamos a receita?',
      ]),
      required: false,
      fields: { name: 'optional', email: 'required', phone: 'off' },
      consents: [
        {
          channel: 'email',
          wording: say([
            'Yes, send me the recipe and the news of the house by e-mail.',
            'Tak, przyślijcie mi przepis i nowości e-mailem.',
            'Sim, enviem a receita e as novidades da casa por e-mail.',
          ]),
          required: true,
        },
      ],
    },
  ],
  endings: ENDINGS.map(([id, scoreFrom, name, text]) => ({
    id,
    title: say([name, name, name]),
    text: say(text),
    scoreFrom,
  })),
  grades: [
    { grade: 'A', scoreFrom: 60 },
    { grade: 'B', scoreFrom: 30 },
    { grade: 'C', scoreFrom: 0 },
  ],
};

export const QUIZ_STEP: DemoStep = {
  category: 'leads.quizzes',
  command: 'CreateQuiz',
  id: DEMO_QUIZ,
  input: { slug: DEMO_QUIZ, definition: DEFINITION, publish: true },
};

/** Ids of what can be chosen, in the order in which it is asked. */
export const QUIZ_CHOICES: readonly { readonly id: string; readonly options: readonly string[] }[] =
  ASKED.map(({ id, options }) => ({ id, options: options.map(([option]) => option) }));
