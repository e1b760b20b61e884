/** The people and the plan that all examples speak of. */
export const government = { id: 'mq3mGtXhSB2oO0v5Yh1q6w', name: 'Municipio de Chepo', sector: 'government' }
export const civil = { id: 'Vd0Xy2oDQd6mXb8q5s1c3A', name: 'Kernel Community', sector: 'civil_society' }
export const ana = { id: '5m1jv9d2TDKc0bqk2V4m7Q', name: 'Ana Batista', group: government }
export const luis = { id: 'hT7p0nXrQk2a8s6Lw3Yd1g', name: 'Luis Ortega', group: civil }
export const planId = 'c0kX2bQvRZ2t5o7mD4w9yA'
export const planTitle = 'Plan de acción de gobierno abierto de Chepo'
