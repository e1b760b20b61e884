import { invented, type Story } from '../story.ts'

/** The first commitment of the demo: complete, and out for review. */
export const clearAccounts: Story = {
  title: 'Cuentas claras: publicar cada mes el gasto y los contratos',
  state: 'review',
  steps: [
    { by: 'gobierno', in: 'summary', write: invented },
    {
      by: 'gobierno',
      in: 'summary',
      write: `El municipio publicará cada mes, en palabras que se entiendan, cuánto dinero entra, en qué se gasta y con quién se contrata.
La información estará en la página municipal y en los tableros de las juntas comunales, para que cualquier persona del distrito pueda revisarla sin pedir permiso.`,
    },
    {
      by: 'gobierno',
      facts: {
        leadInstitution: 'Tesorería Municipal',
        supportGovernment: ['Oficina de Datos', 'Departamento de Compras', 'Secretaría del Concejo Municipal'],
        periodStart: '2027-02-01',
        periodEnd: '2028-01-31',
      },
    },
    {
      by: 'gobierno',
      in: 'problem',
      write: `Hoy una persona que quiere saber en qué gasta el municipio tiene que ir a la Tesorería, llenar una solicitud y esperar. En 2025 se recibieron 64 solicitudes; 41 tuvieron respuesta y la espera fue de 38 días en promedio, según el libro de entrada de la Secretaría.`,
    },
    {
      by: 'sociedad',
      in: 'problem',
      write: `En los sectores alejados es peor. Para pedir un dato, una vecina de Tortí pierde un día de trabajo y paga el transporte de ida y vuelta. En las reuniones de sector, la pregunta que más se repitió fue *«¿en qué se fue la plata del camino?»*.

Sin esa información pasan tres cosas:

- No se sabe si una obra costó lo que debía costar.
- Los rumores ocupan el lugar de los datos, también cuando el gasto está bien hecho.
- Las juntas comunales planifican sin saber con cuánto cuentan.`,
    },
    {
      by: 'facilitacion',
      in: 'causes',
      write: `De la reunión con Tesorería y Compras, y de lo que contaron los grupos en cuatro reuniones de sector:

1. Cada dependencia lleva sus cuentas en archivos propios, con nombres y categorías distintas.
2. La ley pide publicar, pero nadie tiene asignada la tarea de hacerlo cada mes.
3. Los informes se escriben para la Contraloría, no para la gente: usan códigos de partida sin explicar.
4. No hay un lugar fijo, ni en internet ni en papel, donde buscar.`,
    },
    {
      by: 'sociedad',
      in: 'causes',
      write: `La segunda causa es la de fondo. Mientras publicar sea un favor y no una tarea con nombre y fecha, cada cambio de personal lo detiene. Así lo vimos al comparar los informes de 2023, 2024 y 2025: hay meses completos que faltan.`,
    },
    { by: 'gobierno', keep: 'Primer borrador', note: 'Problema y causas, antes de la reunión con Compras.' },
    {
      by: 'gobierno',
      in: 'background',
      write: `Desde 2024 se publica el presupuesto aprobado de cada año, en un archivo escaneado. También se publican las planillas, como pide la Ley 6 de 2002.

Esos archivos no se pueden buscar ni sumar, y no dicen qué se gastó en realidad. Este compromiso continúa ese esfuerzo, pero cambia lo principal: se publica el gasto hecho, cada mes y con explicación.`,
    },
    {
      by: 'gobierno',
      in: 'solution',
      write: `Se hará un informe mensual de una sola forma, siempre la misma, con tres partes: lo que entró, lo que se gastó y los contratos firmados.

## Cómo se hará

1. El Concejo aprobará un acuerdo que fija qué se publica, cuándo y quién responde.
2. Compras y Tesorería usarán una misma lista de categorías, escrita en lenguaje claro.
3. La Oficina de Datos publicará el informe a más tardar el día 10 de cada mes.`,
    },
    {
      by: 'sociedad',
      in: 'solution',
      write: `Además, un grupo de cinco vecinos leerá cada informe antes de que salga y marcará lo que no se entiende.

## Qué se publicará de cada contrato

| Dato | Ejemplo | Quién lo entrega |
| Para qué es | Reparar el puente de madera de Las Margaritas | Compras |
| Con quién | Nombre de la empresa o persona y su RUC | Compras |
| Cuánto | B/. 18,400.00 | Tesorería |
| Cómo se eligió | Tres cotizaciones; se adjuntan | Compras |
| Qué se recibió | Acta y dos fotos | Obras Municipales |`,
    },
    {
      by: 'coordinacion',
      in: 'solution',
      replace: 'a más tardar el día 10 de cada mes',
      with: 'a más tardar el día 15 de cada mes',
    },
    {
      by: 'coordinacion',
      in: 'solution',
      write: `Queda fuera, por ahora, el detalle de los proyectos que ejecuta el gobierno nacional en el distrito: esos datos los tienen otras instituciones. Se pedirán y se publicará la respuesta.`,
    },
    {
      by: 'sociedad',
      facts: {
        supportCivilSociety: ['Kernel Community', 'Juntas de desarrollo local', 'Asociaciones de productores'],
        supportOther: ['Universidad de Panamá, práctica profesional de Contabilidad'],
      },
    },
    {
      by: 'gobierno',
      in: 'results',
      write: `| Resultado | Hoy | Meta a enero de 2028 | Cómo se mide |
| Informes publicados a tiempo | 0 de 12 | 11 de 12 | Fecha de cada publicación |
| Contratos con sus cinco datos | 0 % | 90 % | Revisión del grupo de vecinos |
| Espera para pedir un dato | 38 días | 10 días | Libro de entrada |
| Personas que dicen entender el informe | sin dato | 7 de cada 10 | Encuesta corta en reuniones de sector |`,
    },
    {
      by: 'sociedad',
      in: 'results',
      write: `Lo que se entrega es un informe cada mes. Lo que debe cambiar es otra cosa: que una persona sin estudios de contabilidad pueda decir cuánto costó la obra de su sector y quién la hizo.`,
    },
    {
      by: 'gobierno',
      in: 'transparency',
      write: `Cualquier persona podrá ver el gasto de cada mes, los contratos con sus cinco datos y las respuestas a las preguntas recibidas. Los archivos se podrán abrir en una hoja de cálculo y usar con libertad.

Para quien no tiene internet habrá una hoja impresa de dos páginas en cada junta comunal, y un resumen de tres minutos en la radio local.`,
    },
    {
      by: 'sociedad',
      in: 'accountability',
      write: `Responde la persona a cargo de la Tesorería. Cada tres meses explicará el informe en una sesión abierta del Concejo y contestará preguntas.

- Toda pregunta por escrito tendrá respuesta en diez días hábiles, y la respuesta se publica.
- Si un informe no sale, la página dirá cuál falta y por qué.
- Dos informes seguidos sin salir se tratarán en la siguiente sesión del Concejo.`,
    },
    {
      by: 'facilitacion',
      in: 'participation',
      write: `En las reuniones de sector se decidió qué datos mostrar de cada contrato; la fila «Qué se recibió» la pidió el grupo de Cañita. El grupo de vecinos que lee los informes se elegirá por sorteo entre quienes se anoten, con al menos una persona de la isla de Chepillo y una de las comunidades indígenas.

Quien haga un aporte sabrá qué se hizo con él: la hoja del mes siguiente lo dice.`,
    },
    {
      by: 'gobierno',
      in: 'resources',
      write: `- **Personal:** una persona de la Oficina de Datos, medio tiempo; ya está asignada.
- **Dinero:** B/. 3,200.00 al año para impresión y radio, de la partida de divulgación.
- **Por conseguir:** capacitar a seis personas de Tesorería y Compras en lenguaje claro.`,
    },
    {
      by: 'gobierno',
      milestone: {
        title: 'Acuerdo municipal que ordena publicar cada mes',
        outputs: 'Acuerdo aprobado y publicado, con la lista de datos y la persona responsable.',
        start: '2027-02-01',
        due: '2027-03-31',
        lead: 'Secretaría del Concejo Municipal',
        supportGovernment: 'Tesorería Municipal',
        supportCivilSociety: 'Kernel Community',
      },
    },
    {
      by: 'gobierno',
      milestone: {
        title: 'Lista única de categorías en lenguaje claro',
        outputs: 'Lista probada con dos grupos de vecinos y en uso en Compras y Tesorería.',
        start: '2027-03-01',
        due: '2027-05-15',
        lead: 'Oficina de Datos',
        supportGovernment: 'Departamento de Compras',
        supportOther: 'Universidad de Panamá',
      },
    },
    {
      by: 'sociedad',
      milestone: {
        title: 'Primer informe mensual, en línea y en los tableros',
        outputs: 'Informe de mayo de 2027 publicado y hoja impresa en cada junta comunal.',
        start: '2027-05-15',
        due: '2027-06-15',
        lead: 'Tesorería Municipal',
        supportCivilSociety: 'Grupo de vecinos lectores',
      },
    },
    {
      by: 'sociedad',
      milestone: {
        title: 'Revisión a los seis meses con las juntas comunales',
        outputs: 'Acta de la reunión y lista de cambios al informe, con su respuesta.',
        start: '2027-11-01',
        due: '2027-12-15',
        lead: 'Alcaldía Municipal',
        supportCivilSociety: 'Juntas de desarrollo local',
      },
    },
    {
      by: 'gobierno',
      facts: {
        policyAreas: ['access_to_information', 'fiscal_openness', 'open_data', 'public_procurement'],
        ogpValues: ['access_to_information', 'public_accountability'],
      },
    },
    {
      by: 'coordinacion',
      keep: 'Texto para revisión',
      note: 'Acordado entre las dos partes; sale a comentarios por dos semanas.',
    },
    {
      by: 'sociedad',
      in: 'accountability',
      replace: 'tendrá respuesta en diez días hábiles',
      with: 'tendrá respuesta en cinco días hábiles',
    },
    {
      by: 'gobierno',
      in: 'accountability',
      replace: 'en cinco días hábiles',
      with: 'en ocho días hábiles',
    },
  ],
}
