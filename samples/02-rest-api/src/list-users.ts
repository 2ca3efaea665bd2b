import { Type } from 'class-transformer';
import { IsBoolean, IsInt, IsString, Max, Min } from 'class-validator';
import { MayBeMissing } from './may-be-missing';

/** The query of the list: `?limit=10&tag=a&tag=b&adult=true`. */
export class ListUsers {
  @MayBeMissing()
  @IsInt()
  @Min(1)
  @Max(100)
  limit: number = 20;

  /** Users that have all of them. */
  @MayBeMissing()
  @IsString({ each: true })
  @Type(() => String)
  tag: string[] = [];

  /** Whether the user is known to be 18 or older. */
  @MayBeMissing()
  @IsBoolean()
  adult?: boolean;
}
