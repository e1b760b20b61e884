/*
 * The sheets of the first page: Mantine's common rules and the parts the shell uses, in a cascade layer, so that our
 * own rules win in whatever order chunks arrive. A feature that uses a further Mantine part imports the sheets of that
 * part beside it, always the `.layer.css` one; `mantine-styles.test.ts` fails when one is forgotten.
 */
import './layers.css'
import '@mantine/core/styles/baseline.layer.css'
import '@mantine/core/styles/global.layer.css'
import '@mantine/core/styles/UnstyledButton.layer.css'
import '@mantine/core/styles/ActionIcon.layer.css'
import '@mantine/core/styles/Button.layer.css'
import '@mantine/core/styles/Input.layer.css'
import '@mantine/core/styles/Loader.layer.css'
import '@mantine/core/styles/PasswordInput.layer.css'
import '@mantine/core/styles/VisuallyHidden.layer.css'
import './base.css'
