import { tryBaskets } from './try-baskets.ts'

tryBaskets(1)
