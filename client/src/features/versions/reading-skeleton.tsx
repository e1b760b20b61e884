import { useTranslation } from 'react-i18next'
import { Bone, Waiting } from '../../ui/waiting.tsx'
import classes from './reading-skeleton.module.css'

/** A text that is still on its way. */
export function ReadingSkeleton({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation('versions')
  return (
    <Waiting
      onLeave={onLeave}
      leaveLabel={t('back')}
      skeleton={
        <div className={classes.skeleton}>
          <Bone width="40%" height="1.5em" />
          <Bone />
          <Bone />
          <Bone width="70%" />
          <Bone width="35%" height="1.5em" />
          <Bone />
          <Bone width="85%" />
        </div>
      }
    />
  )
}
