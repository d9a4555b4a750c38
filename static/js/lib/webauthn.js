// Passkeys on the wire: the server speaks JSON with base64url (WebAuthn Level 3, section 5.1), the browser bytes.

export function toBytes(text) {
  const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
}

export function toText(bytes) {
  const plain = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(plain).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

const known = (list) => (list ?? []).map((one) => ({ ...one, id: toBytes(one.id) }));

/** What `navigator.credentials.create` takes. A key that the device can find by itself is asked for, not demanded. */
export function creation({ publicKey: options }) {
  return {
    publicKey: {
      ...options,
      challenge: toBytes(options.challenge),
      user: { ...options.user, id: toBytes(options.user.id) },
      excludeCredentials: known(options.excludeCredentials),
      authenticatorSelection: {
        ...options.authenticatorSelection,
        residentKey: "preferred",
        requireResidentKey: false,
        userVerification: "preferred",
      },
    },
  };
}

/** What `navigator.credentials.get` takes. */
export function request({ publicKey: options }) {
  const allowCredentials = known(options.allowCredentials);
  return { publicKey: { ...options, challenge: toBytes(options.challenge), allowCredentials } };
}

const BYTES = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

/** The answer of the device as the server takes it. */
export function answer(credential) {
  const response = {};
  for (const name of BYTES) if (credential.response[name]) response[name] = toText(credential.response[name]);
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}
