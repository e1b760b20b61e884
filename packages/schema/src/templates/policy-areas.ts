import type { FactOption } from './template.ts'

/** Subjects of a commitment, after the tags under which the OGP files commitments. Values are ours and stay. */
export const policyAreas: readonly FactOption[] = [
  { value: 'access_to_information', label: { es: 'Acceso a la información', en: 'Access to information' } },
  { value: 'anti_corruption', label: { es: 'Anticorrupción e integridad', en: 'Anti-corruption and integrity' } },
  { value: 'capacity_building', label: { es: 'Fortalecimiento de capacidades', en: 'Capacity building' } },
  {
    value: 'democratizing_decisions',
    label: { es: 'Democratización de las decisiones', en: 'Democratizing decision-making' },
  },
  { value: 'digital_participation', label: { es: 'Participación digital', en: 'Digital participation' } },
  { value: 'digital_transformation', label: { es: 'Transformación digital', en: 'Digital transformation' } },
  { value: 'fiscal_openness', label: { es: 'Apertura fiscal', en: 'Fiscal openness' } },
  {
    value: 'infrastructure_transport',
    label: { es: 'Infraestructura y transporte', en: 'Infrastructure and transport' },
  },
  { value: 'local_commitments', label: { es: 'Compromisos locales', en: 'Local commitments' } },
  {
    value: 'mainstreaming_participation',
    label: { es: 'Participación en toda la gestión', en: 'Mainstreaming participation' },
  },
  { value: 'open_data', label: { es: 'Datos abiertos', en: 'Open data' } },
  { value: 'public_participation', label: { es: 'Participación ciudadana', en: 'Public participation' } },
  {
    value: 'participatory_budget',
    label: {
      es: 'Participación en el presupuesto y la política fiscal',
      en: 'Public participation in budget and fiscal policy',
    },
  },
  { value: 'public_procurement', label: { es: 'Contratación pública', en: 'Public procurement' } },
  { value: 'public_services', label: { es: 'Prestación de servicios públicos', en: 'Public service delivery' } },
  {
    value: 'budget_publication',
    label: {
      es: 'Publicación de información presupuestaria y fiscal',
      en: 'Publication of budget and fiscal information',
    },
  },
  { value: 'social_accountability', label: { es: 'Control social', en: 'Social accountability' } },
  {
    value: 'sustainable_development',
    label: { es: 'Objetivos de Desarrollo Sostenible', en: 'Sustainable Development Goals' },
  },
]

/** The values of open government a commitment may serve. */
export const ogpValues: readonly FactOption[] = [
  { value: 'access_to_information', label: { es: 'Acceso a la información', en: 'Access to information' } },
  { value: 'civic_participation', label: { es: 'Participación ciudadana', en: 'Civic participation' } },
  { value: 'public_accountability', label: { es: 'Rendición de cuentas', en: 'Public accountability' } },
  {
    value: 'technology_innovation',
    label: {
      es: 'Tecnología e innovación para la transparencia y la rendición de cuentas',
      en: 'Technology and innovation for transparency and accountability',
    },
  },
]
