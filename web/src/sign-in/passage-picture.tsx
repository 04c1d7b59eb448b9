/** Sales at the left, invoices at the right, one line through each: the whole product in a picture. */
export const PassagePicture = () => (
  <svg viewBox="0 0 320 132" width="320" height="132" fill="none" aria-hidden>
    {[18, 66, 114].map((y, index) => (
      <g key={y} stroke="#9fc9d5">
        <path d={`M30 ${y}H${index === 2 ? 150 : 252}`} strokeWidth="2" opacity="0.6" />
        <circle cx="18" cy={y} r="10" strokeWidth="2.5" />
        {index === 2 ? (
          <circle cx="150" cy={y} r="6" fill="#f2d08b" stroke="none" />
        ) : (
          <>
            <circle cx={index === 0 ? 206 : 96} cy={y} r="6" fill="#fff" stroke="none" />
            <rect x="254" y={y - 16} width="26" height="32" rx="4" strokeWidth="2.5" />
            <path d={`M261 ${y - 6}h12M261 ${y}h12M261 ${y + 6}h7`} strokeWidth="2" />
          </>
        )}
      </g>
    ))}
  </svg>
)
