#!/usr/bin/env bash
# Registers what GitHub Actions deploys as: no secret, but trust in the tokens GitHub gives to runs of
# one environment of one repository. Prints the variables to set there.
# Needs: az login as an owner of the subscription.
set -euo pipefail
usage='usage: register-deployer.sh <owner/repository> <environment, as dev>'
repository=${1:?$usage} environment=${2:?$usage}
name="Arrears deployer $environment"

app=$(az ad app list --display-name "$name" --query '[0].appId' --output tsv)
if [ -z "$app" ]; then
  app=$(az ad app create --display-name "$name" --query appId --output tsv)
  az ad sp create --id "$app" --output none
fi
if [ -z "$(az ad app federated-credential list --id "$app" --query "[?name=='github-$environment'].name" --output tsv)" ]; then
  az ad app federated-credential create --id "$app" --output none --parameters "{
    \"name\": \"github-$environment\",
    \"issuer\": \"https://token.actions.githubusercontent.com\",
    \"subject\": \"repo:$repository:environment:$environment\",
    \"audiences\": [\"api://AzureADTokenExchange\"]
  }"
fi

subscription=$(az account show --query id --output tsv)
principal=$(az ad sp show --id "$app" --query id --output tsv)
az role assignment create --role Contributor --output none \
  --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal --scope "/subscriptions/$subscription"

# It gives the app its roles on data, so it may give those, and no others.
ids='b7e6dc6d-f1e8-4753-8033-0f276bb0955b, 0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3, 4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0, 69a216fc-b8fb-44d8-bc22-1f3c2cd27a39, 5e0bd9bd-7b93-4f28-af87-19fc36ad61bd, 3913510d-42f4-4e42-8a64-420c390055eb'
of='[Microsoft.Authorization/roleAssignments:RoleDefinitionId] ForAnyOfAnyValues:GuidEquals'
az role assignment create --role 'Role Based Access Control Administrator' --output none \
  --assignee-object-id "$principal" --assignee-principal-type ServicePrincipal --scope "/subscriptions/$subscription" \
  --condition-version 2.0 --condition "\
((!(ActionMatches{'Microsoft.Authorization/roleAssignments/write'})) OR (@Request$of {$ids})) AND \
((!(ActionMatches{'Microsoft.Authorization/roleAssignments/delete'})) OR (@Resource$of {$ids}))"

echo "AZURE_CLIENT_ID=$app"
echo "AZURE_TENANT_ID=$(az account show --query tenantId --output tsv)"
echo "AZURE_SUBSCRIPTION_ID=$subscription"
