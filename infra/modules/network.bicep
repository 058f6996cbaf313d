// A network of which one part is the app's way out, and the other holds the services' endpoints.

param token string
param location string
param tags object

@description('A /24 or larger, free of other networks that are peered.')
param addressPrefix string

@description('The zones in which names of endpoints are answered, by what they are for.')
param zones { *: string }

resource network 'Microsoft.Network/virtualNetworks@2024-07-01' = {
  name: 'vnet-arrears-${token}'
  location: location
  tags: tags
  properties: {
    addressSpace: { addressPrefixes: [addressPrefix] }
    subnets: [
      {
        name: 'app'
        properties: {
          addressPrefix: cidrSubnet(addressPrefix, 26, 0)
          delegations: [
            {
              name: 'functions'
              properties: { serviceName: 'Microsoft.App/environments' }
            }
          ]
        }
      }
      {
        name: 'endpoints'
        properties: { addressPrefix: cidrSubnet(addressPrefix, 26, 1) }
      }
    ]
  }

  resource app 'subnets' existing = { name: 'app' }
  resource endpoints 'subnets' existing = { name: 'endpoints' }
}

var keys = map(items(zones), zone => zone.key)
var names = map(items(zones), zone => zone.value)

resource zone 'Microsoft.Network/privateDnsZones@2024-06-01' = [
  for name in names: {
    name: name
    location: 'global'
    tags: tags
  }
]

resource link 'Microsoft.Network/privateDnsZones/virtualNetworkLinks@2024-06-01' = [
  for (name, index) in names: {
    parent: zone[index]
    name: 'arrears'
    location: 'global'
    tags: tags
    properties: {
      registrationEnabled: false
      virtualNetwork: { id: network.id }
    }
  }
]

output appSubnetId string = network::app.id
output endpoints object = {
  subnetId: network::endpoints.id
  zoneIds: toObject(
    range(0, length(keys)),
    index => keys[index],
    index => resourceId('Microsoft.Network/privateDnsZones', names[index])
  )
}
