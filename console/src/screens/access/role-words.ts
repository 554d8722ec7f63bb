import { defineWords } from '../../words/define-words.ts';

/** The built-in roles, by their ids; a test compares them with the server's table. */
export const words = defineWords({
  en: {
    owner: 'Owner',
    manager: 'Manager',
    staff: 'Staff',
    kitchen: 'Kitchen',
    marketing: 'Marketing',
    auditor: 'Auditor',
    engineer: 'Engineer',
  },
  pl: {
    owner: 'Właściciel',
    manager: 'Menedżer',
    staff: 'Obsługa',
    kitchen: 'Kuchnia',
    marketing: 'Marketing',
    auditor: 'Audytor',
    engineer: 'Inżynier',
  },
  pt: {
    owner: 'Dono',
    manager: 'Gerente',
    staff: 'Equipe',
    kitchen: 'Cozinha',
    marketing: 'Marketing',
    auditor: 'Auditor',
    engineer: 'Engenharia',
  },
});
