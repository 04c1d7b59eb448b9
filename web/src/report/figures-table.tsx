interface Props {
  head: readonly string[]
  /** Each with its day first. */
  rows: readonly (readonly [day: string, ...figures: string[]])[]
}

/** The figures of a chart for who does not see it. */
export const FiguresTable = ({ head, rows }: Props) => (
  <div className="visually-hidden">
    <table>
      <thead>
        <tr>
          {head.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(([day, ...figures]) => (
          <tr key={day}>
            <th scope="row">{day}</th>
            {figures.map((figure, index) => (
              <td key={index}>{figure}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </div>
)
