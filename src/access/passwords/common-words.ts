/**
 * Stems of the passwords that lists of leaked ones begin with, each with its usual endings: names, teams, places, words
 * of love and of the keyboard. `password-rules.ts` takes digits, signs and spelling tricks off first, so one stem stands
 * for hundreds of passwords.
 */
const LINES = `
password passwort passw pass parola haslo senha motdepasse contrasena clave wachtwoord salasana heslo lozinka sifre
qwerty qwertz azerty qwertyuiop asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc asdf zxcv wasd
admin administrator root superuser sysadmin user username guest test tester testing demo default changeme temp temporary
welcome willkommen bienvenue bienvenido witaj hello hallo bonjour letmein opensesame access login logon signin enter
secret geheim private master monkey dragon shadow sunshine princess football baseball basketball hockey soccer golf
superman batman spiderman ironman starwars pokemon pikachu matrix ninja samurai pirate wizard phoenix falcon eagle
iloveyou ilove loveyou lovely lover loveme forever sweetheart honey darling babygirl babyboy angel angels kisses
michael michelle jennifer jessica jordan daniel david joshua matthew andrew anthony robert thomas charlie george
hannah ashley amanda nicole samantha elizabeth victoria natasha alexander alexandra christian christopher benjamin
jonathan nicholas patrick richard steven stephanie sebastian william maria marina martin melissa barbara patricia
katarzyna agnieszka mateusz bartek kamil karolina natalia monika marcin piotr pawel tomek michal krzysiek joanna
fernando rodrigo gabriel rafael eduardo juliana mariana leticia camila bruno felipe gustavo lucas vitoria beatriz
summer winter spring autumn fall sommer herbst wiosna lato jesien zima verao inverno monday friday sunday saturday
january february march april june july august september october november december januar februar
computer internet windows microsoft google facebook instagram samsung android iphone apple nokia yamaha
chocolate cookie coffee cheese banana orange cherry peanut butter pepper ginger vanilla pizza burger beer vodka
liverpool arsenal chelsea barcelona realmadrid juventus bayern manchester flamengo palmeiras corinthians legia
london paris berlin madrid warszawa krakow polska brasil saopaulo america canada deutschland france italia espana
mustang ferrari porsche mercedes corvette camaro harley toyota honda
jesus christ heaven bless blessed faith trinity lucifer satan
purple yellow silver golden diamond crystal rainbow butterfly flower sunflower rosebud tigger snoopy garfield mickey
whatever nothing something anything trustno trust freedom liberty happy lucky winner killer hunter ranger soldier
computer1 server database network security system secure company office business restaurant bistro cafe kitchen waiter
comptoir counter
buster maggie bailey ginger sophie charlie molly rocky rusty tigger shadow scooter pepper peanut hardcore
fuckyou fuckme asshole bitch pussy sexy bigdick bigtits blowme cocacola marlboro
abc abcd abcde abcdef abcdefg abcdefgh aaaaaa xxxxxx zzzzzz onetwothree onetwo
correcthorsebatterystaple thisisapassword mypassword yourpassword thepassword nopassword newpassword oldpassword
`;

export const COMMON_WORDS: ReadonlySet<string> = new Set(LINES.split(/\s+/).filter(Boolean));
