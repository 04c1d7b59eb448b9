interface Props {
  number: string
}

/** Says to who cannot see the row which sale a button is about. */
export const OfSale = ({ number }: Props) => <span className="visually-hidden"> ({number})</span>
