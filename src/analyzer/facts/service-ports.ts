/** Services that the server of a web application keeps its data in, by the ports that IANA registered or their projects chose. */
const services: Readonly<Record<number, string>> = {
  1433: 'Microsoft SQL Server',
  1521: 'Oracle Database',
  2379: 'etcd',
  3306: 'MySQL or MariaDB',
  5432: 'PostgreSQL',
  5672: 'RabbitMQ',
  6379: 'Redis',
  8500: 'Consul',
  9042: 'Cassandra',
  9092: 'Kafka',
  9200: 'Elasticsearch',
  11211: 'Memcached',
  27017: 'MongoDB',
}

/** Where a connection did not come about, as far as the words of an error tell it. */
export interface Refused {
  readonly port: number
  /** The service that listens at this port everywhere. */
  readonly service: string | undefined
}

/** Every runtime names the port, as `host:port` or in words; addresses may be masked. */
export const refusedIn = (text: string): Refused | undefined => {
  const [, told] = /(?:[\w.#\])]:|\bport\W{1,2})(\d{2,5})\b(?!:\d)/i.exec(text) ?? []
  return told === undefined ? undefined : { port: Number(told), service: services[Number(told)] }
}
