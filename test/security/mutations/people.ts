import type { Mutation } from './mutation.ts'

const every = 'test/security/every-route.test.ts'
const guessing = 'test/security/guessing.test.ts'
const activation = 'src/server/routes/activation.test.ts'
const hooks = 'src/server/routes/hooks.test.ts'
const operator = 'src/server/routes/operator.test.ts'
const profile = 'src/server/routes/profile.test.ts'

export const people: readonly Mutation[] = [
  {
    against: 'user enumeration, times',
    file: 'src/server/routes/front.ts',
    edits: [
      [
        'await alike(engine.clock, () => sendPasswordLink(engine, publicUrl, body.email))',
        'await sendPasswordLink(engine, publicUrl, body.email)',
      ],
    ],
    test: guessing,
    notices: 'takes as long for who exists',
  },
  {
    against: 'user enumeration, answers',
    file: 'src/server/routes/sign-in.ts',
    edits: [
      [
        '        reply.status(answer.status)\n',
        '        const known = await house.pool.query(\'select 1 from "user" where email = $1\', [guessed])\n        reply.status(answer.status === 401 && known.rows.length === 0 ? 404 : answer.status)\n',
      ],
    ],
    test: guessing,
    notices: 'take the same time and say the same',
  },
  {
    against: 'brute force, from everywhere',
    file: 'src/server/routes/sign-in.ts',
    edits: [
      [
        "if (guessed !== null && (await isShut(db, clock, 'wrong-password', guessed))) {",
        "if (guessed !== null && guessed === '') {",
      ],
    ],
    test: guessing,
    notices: 'ends after fifty tries in an hour',
  },
  {
    against: 'brute force, from one address',
    file: 'src/merchants/sign-in.ts',
    edits: [
      [
        "'/sign-in/email': { window: 60, max: 10 },",
        "'/sign-in/email': { window: 60, max: 10_000 },",
      ],
    ],
    test: 'src/server/routes/sign-in.test.ts',
    notices: 'stops after ten tries a minute',
  },
  {
    against: 'brute force, under a false address',
    file: 'src/server/routes/sign-in.ts',
    edits: [["headers.set('x-forwarded-for', request.ip)", '']],
    test: 'src/server/routes/sign-in.test.ts',
    notices: 'go on by naming another address',
  },
  {
    against: 'user enumeration, signing up',
    file: 'src/server/routes/front.ts',
    edits: [
      [
        'await alike(engine.clock, () => signUp(engine, publicUrl, wanted, claim))',
        'await signUp(engine, publicUrl, wanted, claim)',
      ],
    ],
    test: 'src/server/routes/front.test.ts',
    notices: 'takes as long for a known address',
  },
  {
    against: 'brute force, webhooks',
    file: 'src/server/failure-limit.ts',
    edits: [['const failuresMax = 60', 'const failuresMax = 60_000']],
    test: hooks,
    notices: 'is turned away after sixty bad signatures',
  },
  {
    against: 'session fixation',
    file: 'src/server/routes/sign-in.ts',
    edits: [
      [
        'if (cookies.length > 0) reply',
        'if (cookies.length > 0 && request.headers.cookie === undefined) reply',
      ],
    ],
    test: guessing,
    notices: 'never the one that is signed in',
  },
  {
    against: 'privilege step, merchant to operator',
    file: 'src/server/operator-route.ts',
    edits: [
      [
        "if (!(await isOperator(house.engine.db, visitor.userId))) throw new ProblemAnswer('NOT_FOUND')",
        'void isOperator',
      ],
    ],
    test: operator,
    notices: 'is not there for a merchant',
  },
  {
    against: 'privilege step, operator without second factor',
    file: 'src/server/operator-route.ts',
    edits: [["if (!visitor.strong) throw new ProblemAnswer('SECOND_FACTOR_MISSING')", '']],
    test: operator,
    notices: 'stays locked for an operator without a second factor',
  },
  {
    against: 'privilege step, view that is only for looking',
    file: 'src/server/seat.ts',
    edits: [["role: view.escalatedAt === null ? 'member' : 'admin'", "role: 'admin'"]],
    test: operator,
    notices: 'is read-only, then escalated',
  },
  {
    against: 'privilege step, looking to changing',
    file: 'src/server/seat.ts',
    edits: [["if (seat.role === 'member') throw new ProblemAnswer('READ_ONLY_SEAT')", '']],
    test: every,
    notices: 'changes nothing for a seat that may only look',
  },
  {
    against: 'privilege step, giving more than one has',
    file: 'src/merchants/seats.ts',
    edits: [
      ['role === null || within[actor].includes(role)', "role === null || actor !== 'member'"],
    ],
    test: profile,
    notices: 'an admin makes no owner',
  },
  {
    against: 'privilege step, token without scope',
    file: 'src/server/seat.ts',
    edits: [
      [
        "if (access !== 'public' && !opened.scopes.includes(access)) {",
        "if (access === 'public') {",
      ],
    ],
    test: every,
    notices: 'takes no token without its scope',
  },
  {
    against: 'privilege step, token for a person',
    file: 'src/server/seat.ts',
    edits: [
      [
        "if (access === 'session') throw new ProblemAnswer('PERSON_NEEDED')",
        "if (access === 'session') return { ...(await userOf(house, opened.userId)), proof: { by: 'token' }, strong: false }",
      ],
      [
        'const visitorBySession',
        "const userOf = async (house: House, id: string) => {\n  const user = await userById(house.pool, id)\n  if (user === null) throw new ProblemAnswer('TOKEN_UNKNOWN')\n  return { ...user, userId: user.id }\n}\n\nconst visitorBySession",
      ],
    ],
    test: every,
    notices: 'none at all where it takes a person',
  },
  {
    against: 'privilege step, licence key by a reading token',
    file: 'src/server/seat.ts',
    edits: [["seat.visitor.proof.by === 'session' ? seat : { ...seat, role: 'member' }", 'seat']],
    test: activation,
    notices: 'tells a token no licence key',
  },
]
