import { type App, type Installation } from './app.ts'
import { collection, cut, isFailure, readPage } from './paging.ts'
import {
  type ApiCall,
  done,
  found,
  invalid,
  readObject,
  type Resources,
  unknownId,
} from './resource.ts'
import { apiUrl, toJson, type World } from './world.ts'

interface Installed {
  app: App
  installation: Installation
}

/**
 * GET /apps and PATCH /apps/{id} (section 3.2). An app sees exactly one item, itself; a merchant-made
 * key sees none.
 */
export function appResources(world: World, installed: () => Installed | null): Resources {
  function own({ key }: ApiCall): Installed | null {
    const current = installed()
    return current?.installation.key.apiPublic === key.apiPublic ? current : null
  }

  const write = (current: Installed) => toJson(world, appValue(world, current))

  return {
    apps: {
      GET: (call) => {
        const page = readPage(world, call.query)
        if (isFailure(page)) return page
        const current = own(call)
        const list = current === null ? [] : [current]
        return collection(world, 'apps', call.query, page, cut(list, page, write))
      },
    },
    'apps/:id': {
      GET: (call) => {
        const current = own(call)
        return current?.app.id === call.id ? found('apps', write(current)) : unknownId()
      },
      PATCH: (call) => {
        const current = own(call)
        if (current?.app.id !== call.id) return unknownId()
        const input = readObject(world, call.body)
        if (input.is === 'wrong') return input.answer
        const { is_installed: isInstalled } = input.value
        if (typeof isInstalled !== 'boolean') return invalid('is_installed must be true or false')
        current.installation.isInstalled = isInstalled
        return done
      },
    },
  }
}

function appValue(world: World, { app, installation }: Installed): Record<string, unknown> {
  return {
    href: apiUrl(world, `apps/${app.id}/`),
    id: app.id,
    name: 'Boekhoudkoppeling',
    description: '',
    is_installed: installation.isInstalled,
    parent: { href: apiUrl(world, 'apps') },
  }
}
