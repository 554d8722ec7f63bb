import { defineWords } from '../../words/define-words.ts';

export const words = defineWords({
  en: {
    title: 'Settings',
    locations: 'Locations, tables, stations, taxes',
    profile: 'Business profile',
    calendars: 'Reservation hours and rules',
    tills: 'Tills',
    'set-up': 'Set up a location',
  },
  pl: {
    title: 'Ustawienia',
    locations: 'Lokale, stoliki, stanowiska, podatki',
    profile: 'Dane firmy',
    calendars: 'Godziny i zasady rezerwacji',
    tills: 'Kasy',
    'set-up': 'Załóż lokal',
  },
  pt: {
    title: 'Ajustes',
    locations: 'Locais, mesas, estações, impostos',
    profile: 'Dados da empresa',
    calendars: 'Horários e regras de reserva',
    tills: 'Caixas',
    'set-up': 'Configurar um local',
  },
});
