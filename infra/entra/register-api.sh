#!/usr/bin/env bash
# Registers the API in Entra ID with its four roles, and prints its application id, which is
# ARREARS_AUDIENCE. Run again, it brings an earlier registration up to date.
# Needs: az login as somebody who may register applications.
set -euo pipefail
name=${1:?usage: register-api.sh <display name, as Arrears dev>}
cd "$(dirname "$0")"

app=$(az ad app list --display-name "$name" --query '[0].appId' --output tsv)
if [ -z "$app" ]; then
  app=$(az ad app create --display-name "$name" --sign-in-audience AzureADMyOrg --query appId --output tsv)
fi
az ad app update --id "$app" --app-roles @app-roles.json --identifier-uris "api://$app"

# Tokens of version 2, whose audience is the application id; and the one permission that front ends
# ask for on behalf of their users.
object=$(az ad app show --id "$app" --query id --output tsv)
graph=$(az cloud show --query endpoints.microsoftGraphResourceId --output tsv)
az rest --method PATCH --url "${graph%/}/v1.0/applications/$object" --body '{
  "api": {
    "requestedAccessTokenVersion": 2,
    "oauth2PermissionScopes": [{
      "id": "5b0c1c56-6f0d-4a0e-8f55-0f9f4d1f7a10", "value": "access", "type": "User", "isEnabled": true,
      "adminConsentDisplayName": "Use Arrears", "adminConsentDescription": "Use Arrears as the user who signed in.",
      "userConsentDisplayName": "Use Arrears", "userConsentDescription": "Use Arrears as you."
    }]
  }
}'

# Only whoever has a role gets a token at all.
az ad sp show --id "$app" --output none 2>/dev/null || az ad sp create --id "$app" --output none
az ad sp update --id "$app" --set appRoleAssignmentRequired=true
echo "$app"
