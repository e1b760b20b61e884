import { invented, type Story } from '../story.ts'

/**
 * The own text of the demo's plan. It touches everything that Chepo's published plan of 2024 tells, in words of ours: the
 * facts are the page's (who helps, where people meet, who takes part), the sentences and all else are invented.
 */
export const planText: Pick<Story, 'steps'> = {
  steps: [
    { by: 'coordinacion', in: 'forewords', write: invented.replace('un compromiso', 'el plan') },
    {
      by: 'coordinacion',
      in: 'forewords',
      write: `Para el municipio, el gobierno abierto es una caja de herramientas: sirve para arreglar lo que no funciona sin dejar a nadie mirando desde afuera. La alcaldía lo puso entre los pilares de su plan de gobierno, y desde entonces hace falta que más comunidades del distrito lo conozcan y lo usen.

Varias de estas prácticas ya se hacían aquí. Al entrar a OGP buscamos que no dependan de quién gobierne, sino que queden como una costumbre del distrito.

Gracias a quienes ayudaron a empezar. Lo que sigue es sumar a más gente.`,
    },
    {
      by: 'coordinacion',
      in: 'vision',
      write: `Queremos un distrito en el que preguntar, proponer y vigilar sea lo normal, y en el que la manera de trabajar de OGP sea parte de cómo se gobierna. Que la siguiente administración lo encuentre hecho costumbre, y que la gente no acepte menos.`,
    },
    {
      by: 'gobierno',
      in: 'achievements',
      write: `Esta es la primera administración que propone el gobierno abierto como forma de trabajo, y los cambios apenas comienzan a notarse. Uno se ve ya: el comité de la fiesta patronal de San Cristóbal se escogió con un esquema abierto, a la vista de todos, y no por designación como antes.

Se puede ver en [Chepo: gobierno abierto en acción](https://municipiodechepo.org/gobierno-abierto/).`,
    },
    {
      by: 'sociedad',
      in: 'challenges',
      write: `Todas las áreas del municipio pueden abrirse más. Empezamos por lo más cercano: que grupos de vecinos resuelvan con el municipio un problema suyo y comprueben que participar sirve.

- Las comunidades lejanas llegan poco a la cabecera.
- Lo que se dice en las reuniones no siempre tiene respuesta.
- Los datos del municipio no están donde la gente los busca.`,
    },
    {
      by: 'coordinacion',
      in: 'goals',
      write: `En pocos años, trabajar a puertas abiertas debe ser corriente tanto en la alcaldía como en las juntas comunales: cuentas publicadas cada mes, consultas antes de decidir y respuestas con sus razones.`,
    },
    {
      by: 'gobierno',
      in: 'planContribution',
      write: `Este plan deja por lo menos un ejercicio completo, de principio a fin, en el que la gente puede seguir su idea desde que la dijo hasta que se cumplió. Los compromisos de cuentas claras, presupuesto participativo y reportes con respuesta son ese ejercicio.`,
    },
    {
      by: 'coordinacion',
      in: 'administrationGoals',
      write: `El plan de gobierno ya incluía el gobierno abierto antes de que hubiera un plan de OGP. Con él llegan experiencias de otros municipios y se produce conocimiento que servirá a quien gobierne después y a otros municipios, del país y de fuera.`,
    },
    {
      by: 'coordinacion',
      in: 'arrangements',
      write: `La institución responsable es la **Alcaldía Municipal, con sus distintas dependencias**: ellas cumplen el plan, y el despacho las coordina. Acompañan la Autoridad Nacional de Transparencia y Acceso a la Información (ANTAI) y una organización de la sociedad civil que es parte del foro multiactor. Es el primer municipio del país que lo intenta, así que el arreglo se revisa cada trimestre.`,
    },
    {
      by: 'sociedad',
      in: 'spaces',
      write: `Casi siempre es el municipio el que viaja: los funcionarios visitan los sectores y allí se hacen las reuniones comunitarias. Los temas de mayor interés se tratan además en el salón del Concejo, adonde cuesta llegar desde lejos.

En línea se escribe en este espacio, y se puede aportar por papel, por voz o por mensaje.`,
    },
    {
      by: 'sociedad',
      in: 'diversity',
      write: `A cada reunión se convoca a todas las personas que viven en el sector, mujeres y hombres. El distrito va de comunidades indígenas a una isla, y por eso las visitas se reparten entre todas y no solo entre las que quedan cerca.`,
    },
    {
      by: 'sociedad',
      in: 'participants',
      write: `Vecindades de todos los sectores, asociaciones de productores agropecuarios, asociaciones de personas mayores, grupos de jóvenes y juntas de desarrollo local.`,
    },
    {
      by: 'gobierno',
      in: 'collaboration',
      write: `La ANTAI y la sociedad civil seguirán apoyando con métodos, con marcos para ordenar la información y con talleres. Cada compromiso tendrá una mesa de gobierno y sociedad civil que se reúne cada dos meses y publica lo que acordó. Los talleres que ya se hicieron juntos se pueden ver [en Instagram](https://www.instagram.com/alcaldiachepo/).`,
    },
    {
      by: 'sociedad',
      in: 'monitoringBody',
      write: `El seguimiento independiente queda en manos de **Lucía Pinzón** (nombre inventado), gestora cultural y estudiante de sociología, que coordina el grupo de investigación cultural del Centro de Investigaciones de la Facultad de Humanidades (CIFHU) de la Universidad de Panamá. No depende del municipio ni recibe pago de él.

- Tiene un diplomado en gestión cultural y mediación para el desarrollo, del Centro de Formación de la Cooperación Española en La Antigua (CFCE).
- Trabaja desde hace años por los derechos culturales: crea, dirige y coordina proyectos.
- La acompaña el equipo del CIFHU.

Su contacto lo tienen quienes llevan el plan; no se publica.`,
    },
    {
      by: 'gobierno',
      in: 'discussion',
      write: `Reuniones de seguimiento programadas con quienes participaron. Están a cargo de la persona responsable de los datos y de la dirección social, y la alcaldía convoca una propia cada mes.`,
    },
    {
      by: 'gobierno',
      in: 'checkins',
      write: `El cumplimiento depende por completo del municipio, lo que lo hace más simple: la persona responsable de los datos coordina, revisa el estado de cada hito y avisa cuando algo se atrasa.`,
    },
    {
      by: 'sociedad',
      in: 'sharing',
      write: `Todo se publica en la página de gobierno abierto y en las redes del municipio, y se lleva en papel a los tableros de las juntas comunales.

- [Página de gobierno abierto](https://municipiodechepo.org/gobierno-abierto/)
- [Instagram del municipio](https://www.instagram.com/alcaldiachepo/)
- [Facebook del municipio](https://www.facebook.com/municipiochepo)`,
    },
    { by: 'coordinacion', keep: 'Primer texto del plan', note: 'Con las dos partes a la mesa.' },
  ],
}
