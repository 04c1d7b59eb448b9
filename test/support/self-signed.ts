/**
 * A certificate for localhost and 127.0.0.1 that nobody signed but itself, until 2126, and its key, which
 * opens nothing: `openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 36500
 * -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1`.
 */
export const selfSigned = {
  cert: `-----BEGIN CERTIFICATE-----
MIIBmzCCAUGgAwIBAgIUK3fN27fOzBw6EQ/c6DlU1iRIRG0wCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTAwMjcxNVoYDzIxMjYxMDI4
MDAyNzE1WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQJ8YkBcKnaZ02OpaIv9CK02hYDg+OBtpnkvyMJk+5culATi3WVItzg
3XFGB1dHY26KmY+JtIhMGE2v0T+DqUajo28wbTAdBgNVHQ4EFgQUnAuoaDQEeg1w
e2TKkxN85hFDixcwHwYDVR0jBBgwFoAUnAuoaDQEeg1we2TKkxN85hFDixcwDwYD
VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
zj0EAwIDSAAwRQIhAJBLy4GgPs41sSDedTrdk44fGRsV0AcT0N5vTju6XjOYAiA/
XdA4xcPiDg/DDAziz9ZHJh7I3wVZxHVYih+2PjHM4A==
-----END CERTIFICATE-----
`,
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgqNaGDUqUneeFD2bX
YlGpbHKuTsUT0Ur8/u4z+jsnFQWhRANCAAQJ8YkBcKnaZ02OpaIv9CK02hYDg+OB
tpnkvyMJk+5culATi3WVItzg3XFGB1dHY26KmY+JtIhMGE2v0T+DqUaj
-----END PRIVATE KEY-----
`,
}
