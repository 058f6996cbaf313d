#!/usr/bin/env bash
# Gives a role of the API to a user, a group, or the service principal of an application.
# Needs: az login as somebody who may assign users to applications.
set -euo pipefail
usage='usage: give-role.sh <application id of the API> <object id of who gets it> <role, as Feed.Write>'
app=${1:?$usage} principal=${2:?$usage} role=${3:?$usage}

resource=$(az ad sp show --id "$app" --query id --output tsv)
id=$(az ad sp show --id "$app" --query "appRoles[?value=='$role'].id | [0]" --output tsv)
[ -n "$id" ] || { echo "the API has no role $role" >&2; exit 1; }
graph=$(az cloud show --query endpoints.microsoftGraphResourceId --output tsv)
az rest --method POST --url "${graph%/}/v1.0/servicePrincipals/$resource/appRoleAssignedTo" --output none \
  --body "{\"principalId\": \"$principal\", \"resourceId\": \"$resource\", \"appRoleId\": \"$id\"}"
