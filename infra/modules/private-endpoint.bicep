// One service's address inside of the network.
import { networkType } from 'types.bicep'

param name string
param location string
param tags object
param serviceId string

@description('Which of the service\'s endpoints, as Azure names them.')
param group string

@description('The zone, as network.zoneIds names it.')
param zone string
param endpoints networkType

resource endpoint 'Microsoft.Network/privateEndpoints@2024-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    subnet: { id: endpoints.subnetId }
    privateLinkServiceConnections: [
      {
        name: group
        properties: {
          privateLinkServiceId: serviceId
          groupIds: [group]
        }
      }
    ]
  }

  resource zones 'privateDnsZoneGroups' = {
    name: 'default'
    properties: {
      privateDnsZoneConfigs: [
        {
          name: zone
          properties: { privateDnsZoneId: endpoints.zoneIds[zone] }
        }
      ]
    }
  }
}
