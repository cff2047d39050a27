#include "features/rehearsal/texts.h"

namespace bursary::rehearsal {
namespace {

constexpr std::string_view kCommon = R"(
domain* = folletos de salud pública | resúmenes de sentencias | tareas escolares | notas clínicas | consejos agrícolas | contratos de alquiler
  | llamadas de emergencia | anuncios de empleo | reclamaciones de consumo | avisos de inundación | actas municipales | titulares de prensa
  | cuentos tradicionales | manuales técnicos | cartas de la banca | foros de salud mental | recetas de cocina | trámites de migración
  | boletines del agua | cartelas de museo | preguntas parlamentarias | cursos de alfabetización
language* = quechua | guaraní | aimara | náhuatl | maya yucateco | mapudungun | catalán | gallego | euskera | portugués | zapoteco | wayuunaiki | shipibo
people* = enfermeras | docentes de secundaria | pequeños agricultores | estudiantes de primer año | trabajadoras sociales | periodistas
  | traductores | bibliotecarias | personas mayores | personas sordas | promotores de salud | parteras | migrantes | guías de museo
  | locutoras de radio | empleados municipales | familias con niños pequeños | pequeños comerciantes
text_kind* = respuestas breves | explicaciones paso a paso | resúmenes | contraargumentos | traducciones | turnos de diálogo | negativas
  | clasificaciones razonadas | ejemplos resueltos | definiciones | relatos | cartas | esquemas | glosas
number_of = {3-9}00 | {11-48}0 | {2-9}.{2-9}00 | unas {2-9}0.000 | {12-96} | cerca de {120-980}
quantity = {2-12} | {3-8} | {14-40} | {5-25}
period = {3-9} meses | los primeros {2-5} meses | dos semestres | {6-20} semanas | un año | {2-4} rondas de {2-5} semanas
tool* = modelos de efectos mixtos | un análisis prerregistrado | modelos bayesianos | intervalos por remuestreo | codificación temática a dos manos
  | pruebas de permutación | diseños de pares emparejados | doble evaluación a ciegas | curvas de calibración | análisis de clases latentes | grupos focales
venue* = un artículo | un conjunto de datos abierto | un informe técnico | un capítulo de tesis | una guía práctica | una unidad didáctica | una ponencia | un banco de pruebas público
partner* = una red de clínicas rurales | dos bibliotecas públicas | una asociación de docentes | una cooperativa agrícola | el archivo regional
  | una asociación de consumidores | un colegio profesional | una academia de la lengua | un museo de ciencias | una radio comunitaria
opening = El proyecto plantea una pregunta sencilla. | El problema nos llegó de la mano de {people}. | Se afirma mucho sobre este asunto y se ha medido poco.
  | Partimos de un caso desconcertante en {domain}. | Trabajando con {partner} encontramos una y otra vez la misma dificultad. | Casi todos los resultados publicados se refieren al inglés; los nuestros, no.
  | Desde {2015-2021} estudiamos este tema con modelos anteriores. | Un piloto con {number_of} peticiones dio un resultado que no esperábamos.
context = Hasta ahora la evidencia procede de {domain}, donde rara vez participan {people}. | Añadimos {language} y {language} a lo que se sabe del inglés.
  | No conocemos ningún estudio con {people}. | El ámbito es {domain}, porque allí los errores cuestan caro y se comprueban con facilidad. | Sobre {language} no se sabe casi nada.
  | La práctica va por delante de la evidencia: {people} usan estos sistemas a diario. | Los resultados sobre {domain} y sobre {domain} apuntan en direcciones opuestas.
hypothesis_lead = esperamos que | nuestra hipótesis principal es que | predecimos que | la teoría sugiere que | nuestro piloto indica que
hypothesis_sentence = {^hypothesis_lead} {hypothesis}.
hypothesis_follow = Un resultado nulo sería igual de útil. | Ambos desenlaces tienen consecuencias para {people}. | Publicaremos el resultado sea cual sea.
  | La explicación rival no predice diferencia alguna entre {language} y el español. | Una diferencia menor de {2-9} puntos contará como ninguna.
design_lead = El diseño es sencillo. | Procedemos en {2-4} pasos. | El protocolo está escrito y puede compartirse. | Primero preparamos el material y después medimos. | El núcleo es un experimento.
sample = El material consta de {number_of} textos de {domain}, en {language} y en español. | Tomamos {number_of} peticiones de {domain} y escribimos otros tantos controles.
  | Participan {number_of} {people}, por medio de {partner}. | Se transcriben y anonimizan {number_of} conversaciones con {people}. | Reutilizamos {number_of} textos públicos y añadimos {number_of} propios.
analysis = Los datos se analizan con {tool} y se contrastan con {tool}. | Dos lectores puntúan a ciegas las {text_kind}. | El análisis, con {tool}, está prerregistrado.
  | Comparamos todo con {quantity} referencias, una de ellas humana. | Informamos de {measure}, con intervalos, para cada una de {quantity} condiciones.
api = La API permite repetir las mismas peticiones con parámetros fijos, algo que ninguna demostración pública ofrece. | Necesitamos muestras repetidas: {quantity} respuestas por petición.
  | El método se apoya en las probabilidades que devuelve la API. | El mayor gasto son las {text_kind}: {number_of} llamadas por semana durante {period}. | Usaríamos la API de noche y por debajo de {quantity} peticiones por minuto.
outcome = Publicaremos {venue} y {venue}. | El resultado será {venue}, de libre uso. | Todo el material se publica como {venue}, tras revisar que no contenga datos personales. | Esperamos dar a {people} algo útil: {venue}.
ethics = Ningún dato personal sale de nuestros servidores. | Quien participa puede retirarse en cualquier momento. | Pagamos su tiempo a {people}. | El plan está ante el comité de ética, expediente {2-9}{100-999}/{24-26}.
comment = Podemos compartir nuestras peticiones con otros equipos. | Estoy en el {2-4}.º año del doctorado. | Nuestra facultad no tiene presupuesto para cómputo. | La conexión aquí es inestable y las sesiones largas son difíciles.
  | ¿Sería posible empezar antes del semestre? | Doy {12-22} horas de clase por semana e investigo además.
resources = Ninguno. | Solo una ayuda para viajes. | Una beca doctoral, sin dinero para investigar. | Un equipo compartido en el departamento. | Compartimos un pequeño clúster con {partner}. | Lo pago todo de mi bolsillo.
model_reason = El modelo base es necesario porque el ajuste oculta lo que estudiamos: {topic}. El riesgo es que las {text_kind} se saquen de contexto; no publicaremos ninguna.
  | Comparamos el comportamiento antes y después del ajuste, y solo este modelo lo permite. Las respuestas las leen {quantity} personas y quedan en un disco cifrado.
  | Nuestros resultados sobre {domain} se obtuvieron con él y deben repetirse antes de cambiar de modelo. Vemos poco riesgo más allá del habitual.
paper = Sobre {topic} | {^text_kind} y sus lectores: un estudio con {people} | Un conjunto de {text_kind} sobre {domain} | {^topic} en {language}
year = {2014-2026}
)";

constexpr std::string_view kSpanishAlignment = R"(
topic* = la deferencia ante preferencias declaradas | la adulación en los modelos | la jerarquía de instrucciones | la supervisión por personas no expertas | la estabilidad de los objetivos
question = Cuando {people} y una norma escrita quieren cosas distintas, ¿a quién obedece el modelo? | ¿Sobrevive el acuerdo con el usuario cuando este se equivoca sobre {domain}? | ¿Pueden {people} notar que un modelo persigue otra meta?
  | ¿Gana la instrucción más reciente o la más concreta? | ¿Cuánto de la amabilidad es adulación cuando se habla de {domain}?
hypothesis = los modelos ceden ante un usuario seguro de sí mismo | los principios cambian las palabras y no las decisiones | una breve crítica elimina la mitad de los errores
method = Variamos quién habla, qué se afirma y qué es cierto. | Escribimos dilemas de {domain} en los que la orden y la intención se separan. | Personas con y sin ayuda buscan fallos sembrados en {text_kind}.
measure = la tasa de desacuerdo justificado | la parte de decisiones que siguen la intención | la detección de fallos
stake = Quien aconseja a {people} debe poder contradecirlas. | Un sistema que agrada aún no es seguro.
)";
constexpr std::string_view kSpanishFairness = R"(
topic* = los sesgos de dialecto | el género en las profesiones | la representación de la discapacidad | la brecha entre lenguas | los filtros y las lenguas minoritarias
question = ¿Reciben {people} las mismas {text_kind} cuando solo cambia su nombre? | ¿Qué grupos desaparecen al resumir {domain}? | ¿Se niega más a menudo a quien habla {language}? | ¿Pueden {people} escribir mejores pruebas que los expertos?
hypothesis = la brecha entre {language} y el español es mayor en las {text_kind} | los nombres importan menos si se indica la profesión | los resúmenes pierden las posiciones minoritarias
method = Escribimos pares de peticiones que difieren en un solo atributo. | En {quantity} talleres, {people} formulan criterios que luego aplicamos. | Hablantes de {language} puntúan el respeto y la utilidad de las {text_kind}.
measure = la diferencia entre recomendaciones | la parte de posiciones omitidas | las tasas de negativa por grupo
stake = Una media justa puede esconder un sistema injusto. | En {domain} un pequeño sesgo se repite miles de veces al día.
)";
constexpr std::string_view kUnderstanding = R"(
topic* = el conocimiento latente | la fidelidad de las explicaciones | los actos de habla de las máquinas | la confianza y el testimonio | la memoria de los modelos
question = ¿Son las explicaciones de las {text_kind} las razones, o relatos posteriores? | ¿Sabe el modelo que se equivoca sobre {domain} mientras escribe? | ¿Reparan las personas los malentendidos con un modelo como entre sí? | ¿Qué conceptos comparten {language} y el español dentro del modelo?
hypothesis = las explicaciones fieles son más cortas | las probabilidades distinguen lo verdadero mejor que el texto | la confianza sigue a la fluidez y no al historial
method = Cambiamos una premisa y vemos si la conclusión la sigue. | Comparamos probabilidades de pares mínimos en {language}. | Transcribimos {number_of} conversaciones y las codificamos a mano.
measure = la fidelidad ante intervenciones | el error de calibración | la duración de las reparaciones
stake = Una explicación que no es la razón es peor que ninguna. | Sin tales herramientas, {people} solo pueden confiar o rechazar.
)";
constexpr std::string_view kReliability = R"(
topic* = las erratas reales | el orden de los ejemplos | las órdenes inyectadas | el fraude dirigido a {people} | los límites del cálculo en {domain} | el humor en {language}
question = ¿Cuánto cambian las {text_kind} cuando escribe {people} desde un teléfono? | ¿Se trasladan a {language} los ataques escritos en inglés? | ¿Dónde termina la capacidad en {domain}, y termina de golpe? | ¿Cuál es la peor paráfrasis de una petición inocua sobre {domain}?
hypothesis = las erratas reales dañan más que las aleatorias | el mínimo de {quantity} paráfrasis predice las quejas | la capacidad cae con el número de pasos y no con su dificultad
method = Recogemos erratas reales y las aplicamos a {domain}. | Cada petición se ejecuta en {quantity} paráfrasis y {quantity} órdenes. | Los equipos buscan fallos durante {period} con las mismas reglas. | Cada hallazgo se comunica antes de describirlo.
measure = la exactitud en el peor caso | la dispersión entre paráfrasis | los fallos distintos por hora
stake = Un sistema vale lo que su peor respuesta. | El abuso que ven los proveedores está en inglés; el nuestro, no.
)";

}  // namespace

std::string_view spanish_common_rules() { return kCommon; }

std::string_view spanish_area_rules(std::string_view area) {
  if (area == "alignment") return kSpanishAlignment;
  if (area == "fairness") return kSpanishFairness;
  if (area == "interdisciplinary" || area == "interpretability") return kUnderstanding;
  return kReliability;
}

}  // namespace bursary::rehearsal
