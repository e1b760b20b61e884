/**
 * Long passwords that people choose again and again, in Spanish and English, as lower-case letters without accents: made
 * up here from what is usual (greetings, love, faith, football, songs, keyboards). Twelve letters keep the shorter lists of
 * others out by themselves; digits and signs around these change nothing.
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
  adminadmin administrador administrator adminpassword accesototal afuerafuera alabadosea amordemivida amoreterno
  amorporsiempre amomucho amoamifamilia amoamimama amoamishijos amodios amoadios angelito aquiestoy arribapanama
  barcelonafc basketball bendiciones bendicion bienvenidos bocajuniors buenosdias buenasnoches buenastardes butterfly
  cambiame cambiarclave cambiarcontrasena campeones canalzone caperucita changeme changemenow chocolate clavesegura
  clavesecreta colombia computadora computer conlamanoarriba contraseña contrasenas contrasenasegura contrasenanueva
  corazon corazoncito cristiano cristianoronaldo cristovive danielito defaultpassword dejameentrar diosesamor diosesbueno
  diosesfiel diosmio diostebendiga dragonball dragonballz elamordemivida elseñoresmipastor elsenoresmipastor
  elreydeltodo enamorada enamorado entraraqui escuela esperanza estrella estrellita familia familiaunida felicidad
  feliznavidad football forever fridayfriday futbol futbolclub gatito graciasadios graciasdios guadalupe hellohello
  hellokitty helloworld hermosa hermanos holahola holamundo holacomoestas iloveyou iloveyouforever iloveyousomuch
  iloveyoumom iloveyoubaby independencia internet invitado jesucristo jesusismylord jesusteama jesusmeama jesusesmipastor
  juntosporsiempre lachica lakers laluna lamejor lamarearoja lasmejores letmein letmeinplease libertad libertadores
  liverpool lobitos loveyouforever losquieromucho loteamo macarena madremia mamaypapa manchester mariposa mariposas
  mascotas master masterkey mejoresamigas mejoresamigos miamor miamorcito micasa miclave micontrasena mifamilia
  mihermano mihijo mihija miperro missyou mivida monkeymonkey morenita mypassword mysecret mysecretpassword nopassword
  nolose noloseyo nuevaclave nuevacontrasena nuncaolvidar opensesame ositopooh padrenuestro panamacity papaymama
  pasapalabra password passwordpassword passwords passphrase patito perrito pokemon porfavor porsiempre porsiempretuya
  pretty princesa princesita princess princesses puertas quieroentrar qwertyqwerty rayadosdemonterrey realmadrid
  realmadridcf recuerdame reydereyes rockyou santamaria secreto secretsecret segura seguridad seleccion seguropassword
  siempretuyo siemprejuntos sinclave sincontrasena sistema sistemas smokeweed sololove soloyo soyelmejor soylamejor
  spiderman starwars sunshine superadmin supersecret superman teamo teamoamor teamobebe teamomama teamomuchisimo
  teamomucho teamoporsiempre teamosiempre teextrano tequiero tequieroamor tequieromucho tequieromuchisimo test testing
  testpassword testtest tigrillo tinkerbell todopoderoso trustno trustnoone unavezmas unidospodemos universidad usuario
  vidamia virgencita virgenmaria vivapanama vivalavida welcome welcomehome whatever yosoyyo yoteamo yotequiero
  zapatilla correcthorsebatterystaple correctohorse letmeinnow passwordone thisismypassword estaesmicontrasena
  estaesmiclave nomeacuerdo notengoclave notelodire nolosabras nolose laclave lacontrasena elpassword mipassword
  `
    .split(/\s+/)
    .filter((word) => word !== '')
    .map((word) => word.replaceAll('ñ', 'n')),
)
