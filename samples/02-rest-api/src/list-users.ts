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

  /** Lists users that have all of the tags. */
  @MayBeMissing()
  @IsString({ each: true })
  @Type(() => String)
  tag: string[] = [];

  /** Lists users who are known to be 18 or older, or all others. */
  @MayBeMissing()
  @IsBoolean()
  adult?: boolean;
}
